package io.longshore.registry.access.account;

import io.longshore.registry.database.Database;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * When accounts and tokens were last used: kept in memory while requests are served, and written once a minute, all
 * together. What a node that dies had not written is lost. Thread-safe.
 */
public final class LastUses {
    private static final System.Logger LOG = System.getLogger(LastUses.class.getName());

    /** Of what it is the last use. */
    enum Kind {
        USER,
        ROBOT,
        TOKEN
    }

    private record Use(Kind kind, String key) {}

    private final Database database;
    private final Clock clock;
    private final LastUseTable table = new LastUseTable();
    private final Map<Use, Instant> unwritten = new ConcurrentHashMap<>();
    private Future<?> ticks;

    public LastUses(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param key name of a user or robot, id of a token */
    void note(Kind kind, String key) {
        unwritten.put(new Use(kind, key), clock.instant());
    }

    /** Begins to write. To be started and stopped by one thread. */
    public void start(ScheduledExecutorService executor) {
        ticks = executor.scheduleWithFixedDelay(this::writeIfPossible, 1, 1, TimeUnit.MINUTES);
    }

    /** Writes what is left. */
    public void stop() {
        if (ticks != null) {
            ticks.cancel(false);
        }
        writeIfPossible();
    }

    /** Lets nothing out: whatever is thrown would end the timer for good. */
    private void writeIfPossible() {
        try {
            write();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "when accounts were last used could not be written", e);
        }
    }

    /** Writes what was noted; if that fails, it is written the next time. */
    void write() {
        Map<Use, Instant> written = Map.copyOf(unwritten);
        Map<Kind, Map<String, Instant>> byKind = new EnumMap<>(Kind.class);
        written.forEach((use, at) -> byKind.computeIfAbsent(use.kind(), kind -> new TreeMap<>()).put(use.key(), at));
        byKind.forEach((kind, uses) -> database.statement(tx -> {
            table.update(tx, kind, uses);
            return null;
        }));
        written.forEach(unwritten::remove);
    }
}
