package io.longshore.registry.access.rule;

import io.longshore.registry.database.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** SQL of tables {@code read_only_mode} and {@code access_version}. */
final class ModeTable {

    long version(Transaction transaction) throws SQLException {
        try (PreparedStatement select =
                transaction.connection().prepareStatement("select version from access_version")) {
            ResultSet row = select.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    ReadOnly readOnly(Transaction transaction) throws SQLException {
        try (PreparedStatement select =
                transaction.connection().prepareStatement("select enabled, message from read_only_mode")) {
            ResultSet row = select.executeQuery();
            return row.next() ? new ReadOnly(row.getBoolean(1), row.getString(2)) : ReadOnly.OFF;
        }
    }

    void set(Transaction transaction, ReadOnly mode, String changedBy) throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into read_only_mode as mode (enabled, message, changed_by)
                values (?, ?, ?)
                on conflict (only_row) do update
                    set enabled = excluded.enabled, message = excluded.message,
                        changed_by = excluded.changed_by, changed_at = now()""")) {
            upsert.setBoolean(1, mode.enabled());
            upsert.setString(2, mode.message());
            upsert.setString(3, changedBy);
            upsert.executeUpdate();
        }
    }
}
