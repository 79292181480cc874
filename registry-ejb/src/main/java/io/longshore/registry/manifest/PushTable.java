package io.longshore.registry.manifest;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.manifest.ManifestPush.PlacedBlob;
import io.longshore.registry.manifest.ReferenceTable.Found;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.RepositoryName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** SQL that writes a manifest with its references and its tags. */
final class PushTable {

    /** The id of the repository, which is made if there is none. */
    long repositoryId(Transaction transaction, RepositoryName repository) throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into repository (name) values (?)
                on conflict (name) do update set name = excluded.name
                returning id""")) {
            insert.setString(1, repository.value());
            ResultSet row = insert.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Writes everything in one statement: all of it or nothing. A manifest that is there already keeps its row, and
     * takes the media type of this push. Tags that name it already are left as they are; others move, and the schema's
     * triggers date that and keep what they named before. In the order of their names, so that two pushes of the same tags cannot
     * block each other.
     *
     * @return whether it is done; if not, a concurrent push of the same manifest came in between: try again
     */
    boolean write(Transaction transaction, long repositoryId, ManifestPush push, Found found) throws SQLException {
        Connection connection = transaction.connection();
        try (PreparedStatement insert = connection.prepareStatement("""
                with pushed as (
                    insert into manifest
                        (repository_id, digest, media_type, artifact_type, subject, annotations, content)
                    values (?, ?, ?, ?, ?, ?::jsonb, ?)
                    on conflict (repository_id, digest) do update set media_type = excluded.media_type
                        where manifest.media_type <> excluded.media_type
                    returning id, xmax = 0 as is_new),
                known as (
                    select id from pushed
                    union all
                    select id from manifest
                    where repository_id = ? and digest = ? and not exists (select from pushed)),
                blobs as (
                    insert into manifest_blob (manifest_id, position, repository_id, blob_id)
                    select pushed.id, b.position, ?, b.id
                    from pushed, unnest(?::integer[], ?::bigint[]) b (position, id)
                    where is_new),
                children as (
                    insert into manifest_child (manifest_id, position, repository_id, digest, child_id)
                    select pushed.id, c.position, ?, c.digest, c.id
                    from pushed, unnest(?::bytea[], ?::bigint[]) with ordinality c (digest, id, position)
                    where is_new),
                awaited as (
                    update manifest_child
                    set child_id = pushed.id
                    from pushed
                    where is_new and repository_id = ? and digest = ? and child_id is null),
                tags as (
                    insert into tag (repository_id, name, manifest_id)
                    select ?, t.name, known.id
                    from known, unnest(?::text[]) t (name)
                    order by t.name
                    on conflict (repository_id, name) do update
                        set manifest_id = excluded.manifest_id
                        where tag.manifest_id <> excluded.manifest_id)
                select 1 from known""")) {
            byte[] digest = Digests.toBytes(push.digest());
            int next = setManifest(insert, repositoryId, digest, push);
            insert.setLong(next++, repositoryId);
            insert.setBytes(next++, digest);
            List<PlacedBlob> blobs = push.placedBlobs(found);
            insert.setLong(next++, repositoryId);
            insert.setArray(next++, array(connection, "int4", blobs.stream().map(PlacedBlob::position)));
            insert.setArray(next++, array(connection, "int8", blobs.stream().map(PlacedBlob::blobId)));
            insert.setLong(next++, repositoryId);
            insert.setArray(next++, connection.createArrayOf("bytea", push.childDigests()));
            insert.setArray(next++, connection.createArrayOf("int8", push.childIds(found)));
            insert.setLong(next++, repositoryId);
            insert.setBytes(next++, digest);
            insert.setLong(next++, repositoryId);
            insert.setArray(next, connection.createArrayOf("text", push.tagNames()));
            return insert.executeQuery().next();
        }
    }

    /** The first parameters of {@link #write}; returns the number of the next. */
    private static int setManifest(PreparedStatement insert, long repositoryId, byte[] digest, ManifestPush push)
            throws SQLException {
        Manifest manifest = push.manifest();
        insert.setLong(1, repositoryId);
        insert.setBytes(2, digest);
        insert.setString(3, manifest.mediaType());
        insert.setString(4, manifest.artifactType().orElse(null));
        insert.setBytes(5, manifest.subject().map(subject -> Digests.toBytes(subject.digest())).orElse(null));
        insert.setString(6, push.annotationsJson());
        insert.setBytes(7, push.content());
        return 8;
    }

    private static Array array(Connection connection, String type, Stream<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }
}
