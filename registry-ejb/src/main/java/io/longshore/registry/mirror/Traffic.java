package io.longshore.registry.mirror;

import io.longshore.registry.database.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What mirrors have given and saved: counted in memory, and added up in the database once a minute. What a node that dies
 * had not written is lost. Thread-safe.
 */
public final class Traffic implements MirrorObserver {
    private final Database database;
    private final MirrorObserver next;
    private final TrafficTable table = new TrafficTable();
    private final Map<String, Counts> counts = new ConcurrentHashMap<>();

    /** What is counted. */
    enum Count {
        HITS,
        MISSES,
        STALE,
        SERVED_BYTES,
        FETCHED_BYTES,
        REQUESTS,
        ERRORS,
        WAITED_MS
    }

    private static final class Counts {
        private final Map<Count, LongAdder> adders = new EnumMap<>(Count.class);

        Counts() {
            for (Count count : Count.values()) {
                adders.put(count, new LongAdder());
            }
        }

        void add(Count count, long number) {
            adders.get(count).add(number);
        }

        Map<Count, Long> take() {
            Map<Count, Long> taken = new EnumMap<>(Count.class);
            adders.forEach((count, adder) -> taken.put(count, adder.sumThenReset()));
            return taken;
        }
    }

    /** @param next is told the same */
    public Traffic(Database database, MirrorObserver next) {
        this.database = database;
        this.next = next;
    }

    private Counts of(String upstream) {
        return counts.computeIfAbsent(upstream, name -> new Counts());
    }

    @Override
    public void pulled(String upstream, Kind kind, Outcome outcome) {
        Counts all = of(upstream);
        all.add(outcome == Outcome.MISS ? Count.MISSES : Count.HITS, 1);
        all.add(Count.STALE, outcome == Outcome.STALE ? 1 : 0);
        next.pulled(upstream, kind, outcome);
    }

    @Override
    public void served(String upstream, Kind kind, long bytes) {
        of(upstream).add(Count.SERVED_BYTES, bytes);
        next.served(upstream, kind, bytes);
    }

    @Override
    public void fetched(String upstream, Kind kind, long bytes) {
        of(upstream).add(Count.FETCHED_BYTES, bytes);
        next.fetched(upstream, kind, bytes);
    }

    @Override
    public void asked(String upstream, Duration waited, boolean failed) {
        Counts all = of(upstream);
        all.add(Count.REQUESTS, 1);
        all.add(Count.ERRORS, failed ? 1 : 0);
        all.add(Count.WAITED_MS, waited.toMillis());
        next.asked(upstream, waited, failed);
    }

    /** Writes what was counted since the last time; what cannot be written is counted again. */
    void write() {
        List<String> names = new ArrayList<>(counts.keySet());
        for (String upstream : names) {
            Map<Count, Long> taken = of(upstream).take();
            if (taken.values().stream().allMatch(number -> number == 0)) {
                continue;
            }
            boolean done = false;
            try {
                database.statement(tx -> {
                    table.add(tx, upstream, taken);
                    return null;
                });
                done = true;
            } finally {
                if (!done) {
                    taken.forEach(of(upstream)::add);
                }
            }
        }
    }
}
