package io.longshore.registry.metrics;

import io.longshore.registry.notification.Answer;
import io.longshore.registry.notification.DeliveryObserver;
import io.longshore.registry.notification.EndpointStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What becomes of events: counted as it happens on this node, and asked of the database as far as all nodes share it.
 * Thread-safe.
 */
final class WebhookMetrics implements DeliveryObserver, AutoCloseable {
    private final MeterRegistry registry;
    private final Backlog backlog;
    private final Map<String, EndpointMeters> meters = new ConcurrentHashMap<>();
    private final MultiGauge pending;
    private final MultiGauge oldest;
    private final MultiGauge deadLetters;
    /** Counted here, and not there when the database was last asked: made since, or removed. */
    private Set<String> missing = Set.of();

    WebhookMetrics(MeterRegistry registry, Backlog backlog) {
        this.registry = registry;
        this.backlog = backlog;
        this.pending = MultiGauge.builder(DistributionNames.PENDING)
                .description("Events that the endpoint is still to be told")
                .register(registry);
        this.oldest = MultiGauge.builder("registry.notifications.pending.age")
                .description("For how long the oldest of these has been waiting")
                .baseUnit("seconds")
                .register(registry);
        this.deadLetters = MultiGauge.builder("registry.notifications.dead.letters")
                .description("Events that were given up, and can be sent again")
                .register(registry);
    }

    @Override
    public void queued(String endpoint, long events) {
        of(endpoint).queued(events);
    }

    @Override
    public void answered(String endpoint, int events, Answer answer) {
        of(endpoint).answered(events, answer);
    }

    private EndpointMeters of(String endpoint) {
        EndpointMeters known = meters.get(endpoint);
        return known != null ? known : meters.computeIfAbsent(endpoint, name -> new EndpointMeters(registry, name));
    }

    /** Looks how much is pending, and which endpoints there are no more. */
    synchronized void update() {
        List<EndpointStatus> known = backlog.now().orElse(null);
        if (known == null) {
            // What is not known is not said.
            show(pending, List.of(), status -> 0);
            show(oldest, List.of(), status -> 0);
            show(deadLetters, List.of(), status -> 0);
            return;
        }
        Instant now = Instant.now();
        show(pending, known, EndpointStatus::pending);
        show(oldest, known, status -> status.oldest().map(since -> seconds(since, now)).orElse(0.0));
        show(deadLetters, known, EndpointStatus::deadLetters);
        forgetAllBut(known.stream().map(EndpointStatus::name).collect(Collectors.toSet()));
        known.forEach(status -> of(status.name()));
    }

    private static double seconds(Instant from, Instant until) {
        return Math.max(0, Duration.between(from, until).toMillis() / 1000.0);
    }

    private static void show(
            MultiGauge gauge, List<EndpointStatus> statuses, ToDoubleFunction<EndpointStatus> value) {
        gauge.register(
                statuses.stream()
                        .map(status -> MultiGauge.Row.of(
                                Tags.of(EndpointMeters.ENDPOINT, status.name()), value.applyAsDouble(status)))
                        .collect(Collectors.toList()),
                true);
    }

    /** Those that are missing twice: one that was made a moment ago may be missing once. */
    private void forgetAllBut(Set<String> known) {
        Set<String> unknown = new HashSet<>(meters.keySet());
        unknown.removeAll(known);
        for (String name : unknown) {
            if (missing.contains(name)) {
                meters.remove(name).remove();
            }
        }
        missing = unknown;
    }

    @Override
    public void close() {
        backlog.close();
    }
}
