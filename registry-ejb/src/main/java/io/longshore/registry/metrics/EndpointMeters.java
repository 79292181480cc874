package io.longshore.registry.metrics;

import io.longshore.registry.notification.Answer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What is counted of one endpoint. Thread-safe. */
final class EndpointMeters {
    static final String ENDPOINT = "endpoint";
    private static final Duration[] BUCKETS = Stream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final String endpoint;
    private final Counter events;
    private final Counter successes;
    private final Counter failures;
    private final Counter errors;
    private final Timer latency;
    private final Map<Integer, Counter> statuses = new ConcurrentHashMap<>();

    EndpointMeters(MeterRegistry registry, String endpoint) {
        this.registry = registry;
        this.endpoint = endpoint;
        this.events = counter("Events");
        this.successes = counter("Successes");
        this.failures = counter("Failures");
        this.errors = counter("Errors");
        this.latency = Timer.builder("registry.notifications.delivery")
                .description("How long requests to the endpoint took, answered or not")
                .tag(ENDPOINT, endpoint)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter counter(String type) {
        return Counter.builder("registry.notifications.events")
                .description("Events by what became of them")
                .tag("type", type)
                .tag(ENDPOINT, endpoint)
                .register(registry);
    }

    void queued(long count) {
        events.increment(count);
    }

    void answered(int count, Answer answer) {
        latency.record(answer.latency());
        if (answer.status().isEmpty()) {
            errors.increment(count);
            return;
        }
        statuses.computeIfAbsent(answer.status().getAsInt(), this::status).increment();
        (answer.isReceived() ? successes : failures).increment(count);
    }

    private Counter status(int status) {
        return Counter.builder("registry.notifications.status")
                .description("Answers of the endpoint by their status")
                .tag("code", StatusTexts.label(status))
                .tag(ENDPOINT, endpoint)
                .register(registry);
    }

    void remove() {
        Stream.of(events, successes, failures, errors, latency).forEach(this::remove);
        statuses.values().forEach(this::remove);
    }

    private void remove(Meter meter) {
        registry.remove(meter);
    }
}
