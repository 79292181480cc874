package io.longshore.registry.access.account;

import io.longshore.registry.database.Database;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

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

    public LastUses(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param key name of a user or robot, id of a token */
    void note(Kind kind, String key) {
        unwritten.put(new Use(kind, key), clock.instant());
    }

    /** Writes what is left before the end; without the database, that is lost. */
    public void stop() {
        try {
            write();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "when accounts were last used could not be written", e);
        }
    }

    /** Writes what was noted, to be called once a minute; if that fails, it is written the next time. */
    public void write() {
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
