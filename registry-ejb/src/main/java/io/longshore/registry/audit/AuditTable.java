package io.longshore.registry.audit;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.RepositoryName;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** SQL that writes and deletes rows of table {@code audit_event}. */
final class AuditTable {

    void insert(Transaction transaction, AuditEvent event) throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into audit_event (act, actor, address, repository, reference, digest, detail)
                values (?, ?, nullif(?, ''), ?, nullif(?, ''), ?, nullif(?, ''))""")) {
            insert.setString(1, event.act());
            insert.setString(2, event.actor().subject());
            insert.setString(3, event.actor().address());
            insert.setString(4, event.repository().map(RepositoryName::value).orElse(null));
            insert.setString(5, event.reference());
            insert.setBytes(6, event.digest().map(Digests::toBytes).orElse(null));
            insert.setString(7, event.detail());
            insert.executeUpdate();
        }
    }

    /** Removes up to {@code limit} rows that are older, those that are oldest. Returns how many there were. */
    int deleteOlderThan(Transaction transaction, Duration age, int limit) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from audit_event
                where id = any(array(
                    select id from audit_event
                    where at < now() - make_interval(secs => ?)
                    order by at
                    limit ?
                    for update skip locked))""")) {
            delete.setDouble(1, age.toMillis() / 1000.0);
            delete.setInt(2, limit);
            return delete.executeUpdate();
        }
    }
}
