package io.longshore.registry.metrics;

import io.longshore.registry.mirror.MirrorObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What mirrors give and save, counted as it happens on this node. Thread-safe. */
final class MirrorMetrics implements MirrorObserver {
    private static final String UPSTREAM = "upstream";
    private static final Duration[] BUCKETS = Stream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<String, Meters> meters = new ConcurrentHashMap<>();

    MirrorMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Of one upstream. */
    private record Meters(Map<Kind, OfKind> kinds, Timer latency, Counter errors) {}

    private record OfKind(Counter requests, Counter hits, Counter misses, Counter stale, Counter pulled, Counter pushed) {}

    private Meters of(String upstream) {
        Meters known = meters.get(upstream);
        return known != null ? known : meters.computeIfAbsent(upstream, this::made);
    }

    private Meters made(String upstream) {
        Map<Kind, OfKind> kinds = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            kinds.put(kind, new OfKind(
                    counter("requests", "Pulls from the mirror", upstream, kind),
                    counter("hits", "Pulls of what was here", upstream, kind),
                    counter("misses", "Pulls of what was not", upstream, kind),
                    counter("stale", "Hits that may have been out of date", upstream, kind),
                    counter("pulled.bytes", "Bytes from the upstream", upstream, kind),
                    counter("pushed.bytes", "Bytes to clients", upstream, kind)));
        }
        return new Meters(
                kinds,
                Timer.builder("registry.proxy.upstream")
                        .description("How long it took until the upstream began to answer, or failed to")
                        .tag(UPSTREAM, upstream)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry),
                Counter.builder("registry.proxy.upstream.errors")
                        .description("Requests that the upstream refused, or that failed")
                        .tag(UPSTREAM, upstream)
                        .register(registry));
    }

    private Counter counter(String name, String description, String upstream, Kind kind) {
        return Counter.builder("registry.proxy." + name)
                .description(description)
                .tag(UPSTREAM, upstream)
                .tag("type", kind.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    @Override
    public void pulled(String upstream, Kind kind, Outcome outcome) {
        OfKind counters = of(upstream).kinds().get(kind);
        counters.requests().increment();
        (outcome == Outcome.MISS ? counters.misses() : counters.hits()).increment();
        if (outcome == Outcome.STALE) {
            counters.stale().increment();
        }
    }

    @Override
    public void served(String upstream, Kind kind, long bytes) {
        of(upstream).kinds().get(kind).pushed().increment(bytes);
    }

    @Override
    public void fetched(String upstream, Kind kind, long bytes) {
        of(upstream).kinds().get(kind).pulled().increment(bytes);
    }

    @Override
    public void asked(String upstream, Duration waited, boolean failed) {
        Meters counted = of(upstream);
        counted.latency().record(waited);
        if (failed) {
            counted.errors().increment();
        }
    }
}
