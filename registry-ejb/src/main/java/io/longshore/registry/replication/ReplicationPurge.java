package io.longshore.registry.replication;

import io.longshore.registry.database.Database;
import io.longshore.registry.database.Jobs;
import java.time.Duration;

/** Removes runs that ended long ago, with what was done in them. Thread-safe; of several nodes one works at a time. */
public final class ReplicationPurge {
    private static final String JOB = "replication-purge";
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Duration AGE = Duration.ofDays(30);
    /** Of runs, each of which may have many items. */
    private static final int BATCH = 100;

    private final Database database;
    private final RunTable runs = new RunTable();
    private final Jobs jobs = new Jobs();

    public ReplicationPurge(Database database) {
        this.database = database;
    }

    /** To be called every minute, on every node. */
    public void runWhenDue() {
        if (database.statement(tx -> jobs.begin(tx, JOB, INTERVAL))) {
            run(AGE);
        }
    }

    /** Answers how many runs there were. */
    int run(Duration age) {
        int sum = 0;
        int some;
        do {
            some = database.statement(tx -> runs.deleteOlderThan(tx, age, BATCH));
            sum += some;
        } while (some == BATCH && !Thread.currentThread().isInterrupted());
        return sum;
    }
}
