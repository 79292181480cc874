package io.longshore.registry.mirror;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** SQL that writes to table {@code mirror_content} when things were last pulled. */
final class UseTable {

    /** Blobs count as pulled with the manifest that needs them: clients that have them ask for the manifest alone. */
    void update(Transaction transaction, Map<Uses.Use, Instant> uses) throws SQLException {
        Connection connection = transaction.connection();
        List<Uses.Use> what = List.copyOf(uses.keySet());
        try (PreparedStatement update = connection.prepareStatement("""
                with used as (
                    select r.id as repository_id, u.digest, u.is_manifest, u.at
                    from unnest(?::text[], ?::bytea[], ?::boolean[], ?::timestamptz[])
                        u (repository, digest, is_manifest, at)
                    join repository r on r.name = u.repository),
                touched as (
                    select repository_id, digest, is_manifest, at from used
                    union all
                    select u.repository_id, b.digest, false, u.at
                    from used u
                    join manifest m on m.repository_id = u.repository_id and m.digest = u.digest
                    join manifest_blob mb on mb.manifest_id = m.id
                    join blob b on b.id = mb.blob_id
                    where u.is_manifest)
                update mirror_content c
                set pulled_at = t.at
                from (select repository_id, digest, is_manifest, max(at) as at
                      from touched
                      group by repository_id, digest, is_manifest) t
                where c.repository_id = t.repository_id and c.digest = t.digest and c.is_manifest = t.is_manifest
                  and c.pulled_at < t.at""")) {
            update.setArray(1, connection.createArrayOf(
                    "text", what.stream().map(use -> use.repository().value()).toArray()));
            update.setArray(2, connection.createArrayOf(
                    "bytea", Digests.toBytes(what.stream().map(Uses.Use::digest).toList())));
            update.setArray(3, connection.createArrayOf("bool", what.stream().map(Uses.Use::isManifest).toArray()));
            update.setArray(4, connection.createArrayOf(
                    "timestamptz", what.stream().map(use -> time(uses.get(use))).toArray()));
            update.executeUpdate();
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Says of something that it was pushed, and is to be kept. */
    void forget(Transaction transaction, Uses.Use pushed) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from mirror_content
                where repository_id = (select id from repository where name = ?) and digest = ? and is_manifest = ?""")) {
            delete.setString(1, pushed.repository().value());
            delete.setBytes(2, Digests.toBytes(pushed.digest()));
            delete.setBoolean(3, pushed.isManifest());
            delete.executeUpdate();
        }
    }
}
