package io.longshore.registry.manifest;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.manifest.ManifestPush.PlacedBlob;
import io.longshore.registry.manifest.ReferenceTable.Found;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * SQL that gives a manifest another media type. The type says under which name its layers stand, and nothing else: the
 * same bytes need other blobs then.
 */
final class RetypeTable {

    /**
     * To be run in a transaction, statement by statement: only what begins after the row is locked sees what the last
     * one who had it locked wrote. Does nothing if the manifest is gone.
     */
    void retype(Transaction transaction, long repositoryId, ManifestPush push, Found found) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update manifest set media_type = ? where repository_id = ? and digest = ? returning id""")) {
            update.setString(1, push.manifest().mediaType());
            update.setLong(2, repositoryId);
            update.setBytes(3, Digests.toBytes(push.digest()));
            ResultSet row = update.executeQuery();
            if (row.next()) {
                replaceBlobs(transaction.connection(), repositoryId, row.getLong(1), push.placedBlobs(found));
            }
        }
    }

    private static void replaceBlobs(
            Connection connection, long repositoryId, long manifestId, List<PlacedBlob> blobs) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from manifest_blob where manifest_id = ?")) {
            delete.setLong(1, manifestId);
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into manifest_blob (manifest_id, position, repository_id, blob_id)
                select ?, b.position, ?, b.id from unnest(?::integer[], ?::bigint[]) b (position, id)""")) {
            insert.setLong(1, manifestId);
            insert.setLong(2, repositoryId);
            insert.setArray(3, connection.createArrayOf("int4", blobs.stream().map(PlacedBlob::position).toArray()));
            insert.setArray(4, connection.createArrayOf("int8", blobs.stream().map(PlacedBlob::blobId).toArray()));
            insert.executeUpdate();
        }
    }
}
