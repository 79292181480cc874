package io.longshore.registry.access.account;

import io.longshore.registry.database.Columns;
import io.longshore.registry.database.Transaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/** SQL of the columns that say when something was last used. They do not wait for the disk. */
final class LastUseTable {

    /** Those that are there; none goes back in time. */
    void update(Transaction transaction, LastUses.Kind kind, Map<String, Instant> uses) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement(sql(kind))) {
            Columns.setTexts(update, 1, uses.keySet());
            Columns.setTexts(update, 2, uses.values().stream().map(Instant::toString).toList());
            update.executeUpdate();
        }
    }

    private static String sql(LastUses.Kind kind) {
        return switch (kind) {
            case USER -> sql("account", "name", "last_login_at");
            case ROBOT -> sql("robot", "name", "last_used_at");
            case TOKEN -> sql("access_token", "key_id", "last_used_at");
        };
    }

    private static String sql(String table, String key, String column) {
        return """
                update %1$s
                set %3$s = used.at::timestamptz
                from unnest(?, ?) as used (key, at), set_config('synchronous_commit', 'off', true)
                where %1$s.%2$s = used.key and (%3$s is null or %3$s < used.at::timestamptz)"""
                .formatted(table, key, column);
    }
}
