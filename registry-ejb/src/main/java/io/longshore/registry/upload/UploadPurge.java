package io.longshore.registry.upload;

import io.longshore.registry.config.UploadPurgeConfig;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Jobs;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StorageUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Removes uploads that nobody goes on with, and what crashes left in the storage. Thread-safe; of several nodes one
 * works at a time. Whatever it fails to remove is found again the next time.
 */
public final class UploadPurge {
    private static final String JOB = "upload-purge";
    private static final int BATCH = 500;
    /** The first chunk of an upload has no row, and a slow one may not show in the storage for hours. */
    private static final Duration LEAST_AGE_OF_LEFTOVERS = Duration.ofDays(7);
    private static final System.Logger LOG = System.getLogger(UploadPurge.class.getName());

    private final Database database;
    private final BlobStore store;
    private final UploadPurgeConfig config;
    private final UploadTable sessions = new UploadTable();
    private final Jobs jobs = new Jobs();

    public UploadPurge(Database database, BlobStore store, UploadPurgeConfig config) {
        this.database = database;
        this.store = store;
        this.config = config;
    }

    /**
     * How much was removed, or would be.
     *
     * @param uploads sessions, with the bytes that they had received
     * @param leftovers stages that no session knows, and interrupted commits
     */
    public record Purged(int uploads, int leftovers) {
        static final Purged NOTHING = new Purged(0, 0);
    }

    /** Runs if purging is enabled and no node has begun to within the interval. */
    public void runWhenDue() {
        if (!config.enabled() || !database.statement(tx -> jobs.begin(tx, JOB, config.interval()))) {
            return;
        }
        try {
            Purged purged = run();
            Level level = purged.equals(Purged.NOTHING) ? Level.DEBUG : Level.INFO;
            LOG.log(level, () -> (config.dryRun() ? "would be removed" : "removed") + ": " + purged.uploads()
                    + " uploads for which nothing has come for " + config.age().toHours() + " hours, and "
                    + purged.leftovers() + " leftovers of uploads in the storage");
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.WARNING, "the storage failed while abandoned uploads were removed", e);
        }
    }

    /** Looks once through the sessions, then through the storage. */
    Purged run() throws IOException {
        Instant before = Instant.now().minus(config.age());
        int uploads = config.dryRun()
                ? database.statement(tx -> sessions.countUntouchedSince(tx, before))
                : removeSessions(before);
        return new Purged(uploads, removeLeftovers(min(before, Instant.now().minus(LEAST_AGE_OF_LEFTOVERS))));
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private int removeSessions(Instant before) throws IOException {
        int removed = 0;
        List<Progress> batch;
        do {
            batch = database.statement(tx -> sessions.deleteUntouchedSince(tx, before, BATCH));
            for (Progress left : batch) {
                if (left.stage().isPresent()) {
                    discard(left.stage().get());
                }
            }
            removed += batch.size();
        } while (batch.size() == BATCH);
        return removed;
    }

    private int removeLeftovers(Instant before) throws IOException {
        int removed = 0;
        try (Stream<StageId> found = store.untouchedSince(before)) {
            for (Iterator<StageId> ids = found.iterator(); ids.hasNext(); ) {
                removed += removeUnknown(next(ids));
            }
        }
        return removed;
    }

    private static List<StageId> next(Iterator<StageId> ids) {
        List<StageId> batch = new ArrayList<>();
        while (ids.hasNext() && batch.size() < BATCH) {
            batch.add(ids.next());
        }
        return batch;
    }

    private int removeUnknown(List<StageId> found) throws IOException {
        Set<StageId> needed = database.statement(tx -> sessions.stagesAmong(tx, found));
        int removed = 0;
        for (StageId id : found) {
            if (!needed.contains(id) && (config.dryRun() || discard(id))) {
                removed++;
            }
        }
        return removed;
    }

    /** One that cannot be removed must not keep the others; if the storage is away, they have to wait all the same. */
    private boolean discard(StageId id) throws StorageUnavailableException {
        try {
            store.discard(id);
            return true;
        } catch (StorageUnavailableException e) {
            throw e;
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> "what is left of an upload cannot be removed: " + id, e);
            return false;
        }
    }
}
