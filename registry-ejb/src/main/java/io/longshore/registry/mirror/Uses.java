package io.longshore.registry.mirror;

import io.longshore.registry.database.Database;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When what was fetched was last pulled: kept in memory, and written once a minute, all together. What a node that dies
 * had not written is lost. Thread-safe.
 */
final class Uses {
    private final Database database;
    private final Clock clock;
    private final UseTable table = new UseTable();
    private final Map<Use, Instant> unwritten = new ConcurrentHashMap<>();

    /** Something that was fetched. */
    record Use(RepositoryName repository, Digest digest, boolean isManifest) {}

    Uses(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void note(RepositoryName repository, Digest digest, boolean isManifest) {
        unwritten.put(new Use(repository, digest, isManifest), clock.instant());
    }

    /** Writes what was noted; if that fails, it is written the next time. */
    void write() {
        Map<Use, Instant> written = Map.copyOf(unwritten);
        if (!written.isEmpty()) {
            database.statement(tx -> {
                table.update(tx, written);
                return null;
            });
            written.forEach(unwritten::remove);
        }
    }

    /** It was pushed, too: from now on it is no matter of the mirror. */
    void pushed(Use pushed) {
        database.statement(tx -> {
            table.forget(tx, pushed);
            return null;
        });
    }
}
