package io.longshore.registry.mirror;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** SQL of table {@code mirror_content}. */
final class ContentTable {

    /** Writes that something was fetched. */
    void add(
            Transaction transaction, long repositoryId, Upstream upstream, boolean isManifest, Digest digest,
            long sizeBytes)
            throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into mirror_content (repository_id, digest, upstream_id, is_manifest, size_bytes)
                values (?, ?, ?, ?, ?)
                on conflict (repository_id, digest, is_manifest) do update
                    set upstream_id = excluded.upstream_id, fetched_at = now(), pulled_at = now()""")) {
            upsert.setLong(1, repositoryId);
            upsert.setBytes(2, Digests.toBytes(digest));
            upsert.setLong(3, upstream.id());
            upsert.setBoolean(4, isManifest);
            upsert.setLong(5, sizeBytes);
            upsert.executeUpdate();
        }
    }
}
