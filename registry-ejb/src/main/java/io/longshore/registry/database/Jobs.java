package io.longshore.registry.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** Sees to it that of all nodes one does a job, and not too often: SQL of table {@code background_job}. */
public final class Jobs {

    /**
     * Takes a job on unless a node has begun it within {@code interval}, by the clock of the database.
     *
     * @return whether the caller is to do it now
     */
    public boolean begin(Transaction transaction, String name, Duration interval) throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into background_job as job (name, begun_at)
                values (?, now())
                on conflict (name) do update set begun_at = now()
                where job.begun_at <= now() - make_interval(secs => ?)""")) {
            upsert.setString(1, name);
            upsert.setDouble(2, interval.toMillis() / 1000.0);
            return upsert.executeUpdate() == 1;
        }
    }
}
