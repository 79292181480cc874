package io.longshore.registry.mirror;

import io.longshore.registry.database.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** SQL of table {@code mirror_upstream}. */
final class UpstreamTable {

    /** Writes that the configuration of a node names this upstream. Its id. */
    long adopt(Transaction transaction, String name) throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into mirror_upstream (name, configured, created_by)
                values (?, true, 'registry')
                on conflict (name) do update
                    set configured = true, url = null, prefix = null, namespaces = null, repositories = null,
                        tag_lifetime_ms = null, unused_ms = null, most_bytes = null, connections = null,
                        requests_per_second = null, pushable = null, insecure = null, authorities = null,
                        secrets = null
                returning id""")) {
            upsert.setString(1, name);
            ResultSet row = upsert.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }
}
