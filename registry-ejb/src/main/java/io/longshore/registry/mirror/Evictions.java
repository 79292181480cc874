package io.longshore.registry.mirror;

import io.longshore.registry.blob.Reclaim;
import io.longshore.registry.config.DataSize;
import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.mirror.EvictionTable.Content;
import io.longshore.registry.mirror.EvictionTable.Outcome;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes out of repositories what was fetched into them, by rule and by hand. Thread-safe. */
final class Evictions {
    private static final int BATCH = 200;

    private final Database database;
    private final Reclaim reclaim;
    private final EvictionTable table = new EvictionTable();

    Evictions(Database database, Reclaim reclaim) {
        this.database = database;
        this.reclaim = reclaim;
    }

    /** Removes what nobody pulls, and then what is too much. */
    void run(Upstream upstream) {
        UpstreamConfig.Keeping keeping = upstream.config().keeping();
        keeping.unused().ifPresent(age -> evictAll(
                () -> database.statement(tx -> table.unused(tx, upstream, age, BATCH))));
        keeping.size().map(DataSize::bytes).ifPresent(most -> evictAll(
                () -> database.statement(tx -> table.surplus(tx, upstream, most, BATCH))));
    }

    /** Removes all of it, or that of one repository, or of one digest. How much there was of it. */
    long drop(Upstream upstream, Optional<RepositoryName> repository, Optional<Digest> digest) {
        return evictAll(() -> database.statement(tx -> table.any(tx, upstream, repository, digest, BATCH)));
    }

    /** Until there is no more, or all of it is in use again. */
    private long evictAll(Supplier<List<Content>> found) {
        long all = 0;
        while (!Thread.currentThread().isInterrupted()) {
            List<Content> batch = found.get();
            List<Outcome> outcomes = batch.stream().map(this::evict).toList();
            all += outcomes.stream().filter(Outcome.LOST::equals).count();
            if (batch.size() < BATCH || outcomes.stream().allMatch(Outcome.LEFT::equals)) {
                return all;
            }
        }
        return all;
    }

    private Outcome evict(Content content) {
        return database.transaction(tx -> evicted(tx, content));
    }

    private Outcome evicted(Transaction transaction, Content content) throws SQLException {
        Outcome outcome = table.evict(transaction, content);
        if (outcome == Outcome.LOST && !content.isManifest()) {
            reclaim.offer(transaction, List.of(content.digest()));
        }
        return outcome;
    }
}
