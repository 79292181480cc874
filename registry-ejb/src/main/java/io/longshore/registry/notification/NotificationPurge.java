package io.longshore.registry.notification;

import io.longshore.registry.database.Database;
import io.longshore.registry.database.Jobs;
import java.time.Duration;

/** Removes what was told long ago. Thread-safe. */
public final class NotificationPurge {
    private static final String JOB = "webhook history";
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final int BATCH = 10_000;

    private final Database database;
    private final Duration retention;
    private final Jobs jobs = new Jobs();
    private final ReplayTable table = new ReplayTable();

    /** @param retention how long events and attempts are kept, at least */
    public NotificationPurge(Database database, Duration retention) {
        this.database = database;
        this.retention = retention;
    }

    /** To be called every minute, on every node. */
    public void runWhenDue() {
        if (database.statement(tx -> jobs.begin(tx, JOB, INTERVAL))) {
            run();
        }
    }

    /** Answers how many rows there were. */
    int run() {
        int sum = 0;
        int some;
        do {
            some = database.transaction(tx -> table.deleteOlderThan(tx, retention.toMillis() / 1000.0, BATCH));
            sum += some;
        } while (some > 0 && !Thread.currentThread().isInterrupted());
        return sum;
    }
}
