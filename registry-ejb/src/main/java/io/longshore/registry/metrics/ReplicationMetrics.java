package io.longshore.registry.metrics;

import io.longshore.registry.replication.ReplicationObserver;
import io.longshore.registry.replication.Run;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** What this node does for rules of replication, counted as it happens. Thread-safe. */
final class ReplicationMetrics implements ReplicationObserver {
    private static final String RULE = "rule";

    private final MeterRegistry registry;

    ReplicationMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void ended(String rule, Result result, long bytes) {
        Counter.builder("registry.replication.tags")
                .description("Tags by what became of them")
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .tag(RULE, rule)
                .register(registry)
                .increment();
        Counter.builder("registry.replication.copied")
                .description("What was moved for them")
                .baseUnit("bytes")
                .tag(RULE, rule)
                .register(registry)
                .increment(bytes);
    }

    @Override
    public void runEnded(String rule, Run.State state) {
        Counter.builder("registry.replication.runs")
                .description("Runs that ended on this node, by how")
                .tag("state", state.word())
                .tag(RULE, rule)
                .register(registry)
                .increment();
    }
}
