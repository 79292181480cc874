package io.longshore.registry.manifest;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * SQL that writes manifests which were fetched from elsewhere, and what they need of what is not here: table
 * {@code manifest_absent_blob}. To be run in a transaction, statement by statement, with the repository locked: whoever
 * adds a manifest and whoever adds a blob see each other.
 */
final class AdoptionTable {
    private static final String INSERT = """
            insert into manifest (repository_id, digest, media_type, artifact_type, subject, annotations, content)
            values (?, ?, ?, ?, ?, ?::jsonb, ?)
            on conflict (repository_id, digest) do nothing
            returning id""";

    /** Makes the repository if there is none, and locks it. Its id. */
    long lock(Transaction transaction, RepositoryName repository) throws SQLException {
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

    /** Writes a manifest without looking what of its references is there. Does nothing if the manifest is. */
    void insert(Transaction transaction, long repositoryId, ManifestPush fetched) throws SQLException {
        Manifest manifest = fetched.manifest();
        try (PreparedStatement insert = transaction.connection().prepareStatement(INSERT)) {
            insert.setLong(1, repositoryId);
            insert.setBytes(2, Digests.toBytes(fetched.digest()));
            insert.setString(3, manifest.mediaType());
            insert.setString(4, manifest.artifactType().orElse(null));
            insert.setBytes(5, manifest.subject().map(subject -> Digests.toBytes(subject.digest())).orElse(null));
            insert.setString(6, fetched.annotationsJson());
            insert.setBytes(7, fetched.content());
            ResultSet row = insert.executeQuery();
            if (row.next()) {
                long id = row.getLong(1);
                insertBlobs(transaction.connection(), repositoryId, id, manifest);
                insertChildren(transaction.connection(), repositoryId, id, fetched.childDigests());
            }
        }
    }

    private static void insertBlobs(Connection connection, long repositoryId, long manifestId, Manifest manifest)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into manifest_absent_blob (manifest_id, position, repository_id, digest, size_bytes)
                values (?, ?, ?, ?, ?)""")) {
            if (manifest.config().isPresent()) {
                add(insert, repositoryId, manifestId, 0, manifest.config().get());
            }
            List<Descriptor> layers = manifest.layers();
            for (int layer = 0; layer < layers.size(); layer++) {
                add(insert, repositoryId, manifestId, layer + 1, layers.get(layer));
            }
            insert.executeBatch();
        }
    }

    private static void add(
            PreparedStatement insert, long repositoryId, long manifestId, int position, Descriptor blob)
            throws SQLException {
        insert.setLong(1, manifestId);
        insert.setInt(2, position);
        insert.setLong(3, repositoryId);
        insert.setBytes(4, Digests.toBytes(blob.digest()));
        insert.setLong(5, blob.sizeBytes());
        insert.addBatch();
    }

    private static void insertChildren(
            Connection connection, long repositoryId, long manifestId, byte[][] children) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into manifest_child (manifest_id, position, repository_id, digest)
                select ?, c.position, ?, c.digest
                from unnest(?::bytea[]) with ordinality c (digest, position)""")) {
            insert.setLong(1, manifestId);
            insert.setLong(2, repositoryId);
            insert.setArray(3, connection.createArrayOf("bytea", children));
            insert.executeUpdate();
        }
    }

    /** Gives a name to a manifest. Whether the manifest is there. */
    boolean name(Transaction transaction, long repositoryId, Digest digest, Tag tag) throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into tag (repository_id, name, manifest_id)
                select ?, ?, m.id from manifest m where m.repository_id = ? and m.digest = ?
                on conflict (repository_id, name) do update set manifest_id = excluded.manifest_id""")) {
            upsert.setLong(1, repositoryId);
            upsert.setString(2, tag.value());
            upsert.setLong(3, repositoryId);
            upsert.setBytes(4, Digests.toBytes(digest));
            return upsert.executeUpdate() > 0;
        }
    }

    /** Has all manifests that need one of these blobs hold it, if the repository has it by now. */
    void bind(Transaction transaction, long repositoryId, Collection<Digest> digests) throws SQLException {
        try (PreparedStatement bind = transaction.connection().prepareStatement("""
                with here as (
                    delete from manifest_absent_blob a
                    using blob b, link l
                    where a.repository_id = ? and a.digest = any (?) and b.digest = a.digest
                      and l.repository_id = a.repository_id and l.blob_id = b.id
                    returning a.manifest_id, a.position, a.repository_id, b.id as blob_id)
                insert into manifest_blob (manifest_id, position, repository_id, blob_id)
                select manifest_id, position, repository_id, blob_id from here""")) {
            bind.setLong(1, repositoryId);
            bind.setArray(2, transaction.connection().createArrayOf("bytea", Digests.toBytes(digests)));
            bind.executeUpdate();
        }
    }

    /** The size of a blob that is not there, as a manifest says that needs it; empty if none does. */
    OptionalLong absentSize(Transaction transaction, RepositoryName repository, Digest digest) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select size_bytes
                from manifest_absent_blob
                where repository_id = (select id from repository where name = ?) and digest = ?
                limit 1""")) {
            select.setString(1, repository.value());
            select.setBytes(2, Digests.toBytes(digest));
            ResultSet row = select.executeQuery();
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }
}
