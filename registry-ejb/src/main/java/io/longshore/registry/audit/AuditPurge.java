package io.longshore.registry.audit;

import io.longshore.registry.database.Database;
import io.longshore.registry.database.Jobs;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/** Removes what has been in the audit for long enough. Thread-safe; of several nodes one works at a time. */
public final class AuditPurge {
    private static final String JOB = "audit-purge";
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int BATCH = 5000;
    private static final System.Logger LOG = System.getLogger(AuditPurge.class.getName());

    private final Database database;
    private final Optional<Duration> retention;
    private final AuditTable events = new AuditTable();
    private final Jobs jobs = new Jobs();

    /** @param retention how old an event becomes at least, by the clock of the database; empty for no end */
    public AuditPurge(Database database, Optional<Duration> retention) {
        this.database = database;
        this.retention = retention;
    }

    /** Runs if events are not kept for ever, and no node has begun to within the hour. */
    public void runWhenDue() {
        if (retention.isEmpty() || !database.statement(tx -> jobs.begin(tx, JOB, INTERVAL))) {
            return;
        }
        long removed = run(retention.get());
        LOG.log(removed == 0 ? Level.DEBUG : Level.INFO, () -> "removed " + removed + " events of the audit that were"
                + " older than " + retention.get().toHours() + " hours");
    }

    /** In batches, each by itself: whoever stops in between, has removed the oldest. */
    private long run(Duration age) {
        long removed = 0;
        int batch;
        do {
            batch = database.statement(tx -> events.deleteOlderThan(tx, age, BATCH));
            removed += batch;
        } while (batch == BATCH && !Thread.currentThread().isInterrupted());
        return removed;
    }
}
