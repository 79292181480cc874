package io.longshore.registry.blob;

import io.longshore.registry.database.Database;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.BlobStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Frees the room of blobs that repositories have lost, once they belong to none. Never at the cost of a push: a blob goes
 * from the database first, by which whoever adds the same one finds out; its bytes follow. Thread-safe.
 */
public final class Reclaim {
    private static final System.Logger LOG = System.getLogger(Reclaim.class.getName());
    private static final int BATCH = 200;

    private final Database database;
    private final BlobStore store;
    private final Duration grace;
    private final ReclaimTable table = new ReclaimTable();

    /** @param grace for how long clients may be about to read what they found before it was lost */
    public Reclaim(Database database, BlobStore store, Duration grace) {
        this.database = database;
        this.store = store;
        this.grace = grace;
    }

    /** Says that a repository has lost these blobs, as a part of {@code transaction}. Another may have them. */
    public void offer(Transaction transaction, Collection<Digest> digests) throws SQLException {
        if (!digests.isEmpty()) {
            table.offer(transaction, digests);
        }
    }

    /** Removes what is due; to be called once a minute, on every node. What fails is tried again an hour later. */
    public void run() {
        List<Digest> due;
        do {
            due = database.statement(tx -> table.due(tx, grace, BATCH));
            for (Digest digest : due) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                remove(digest);
            }
        } while (due.size() == BATCH);
        database.statement(tx -> {
            table.forget(tx);
            return null;
        });
    }

    private void remove(Digest digest) {
        if (!database.transaction(tx -> table.claim(tx, digest))) {
            return;
        }
        try {
            store.delete(digest);
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> digest + " belongs to no repository and could not be removed", e);
            return;
        }
        database.statement(tx -> {
            table.gone(tx, digest);
            return null;
        });
    }
}
