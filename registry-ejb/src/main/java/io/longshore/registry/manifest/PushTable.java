package io.longshore.registry.manifest;

import io.longshore.registry.audit.AuditClause;
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
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** SQL that writes a manifest with its references and its tags. */
final class PushTable {
    private static final String WRITE = """
            with kept as (
                select from manifest where id = any (?::bigint[]) for key share),
            pushed as (
                insert into manifest
                    (repository_id, digest, media_type, artifact_type, subject, annotations, content)
                select ?, ?, ?, ?, ?, ?::jsonb, ?
                where (select count(*) from kept) = ?
                on conflict (repository_id, digest) do nothing
                returning id),
            there as (
                select id, media_type = ? as is_same
                from manifest
                where repository_id = ? and digest = ? and not exists (select from pushed)),
            known as (
                select id from pushed
                union all
                select id from there where is_same),
            blobs as (
                insert into manifest_blob (manifest_id, position, repository_id, blob_id)
                select pushed.id, b.position, ?, b.id
                from pushed, unnest(?::integer[], ?::bigint[]) b (position, id)),
            children as (
                insert into manifest_child (manifest_id, position, repository_id, digest)
                select pushed.id, c.position, ?, c.digest
                from pushed, unnest(?::bytea[]) with ordinality c (digest, position)),
            tags as (
                insert into tag (repository_id, name, manifest_id)
                select ?, t.name, known.id
                from known, unnest(?::text[]) t (name)
                order by t.name
                on conflict (repository_id, name) do update
                    set manifest_id = excluded.manifest_id
                    where tag.manifest_id <> excluded.manifest_id
                -- What was there has been locked for this, and bears the mark.
                returning name, xmax = 0 as is_new)
            """
            + AuditClause.queries("manifest.push", """
                    select w.repository, t.name, w.digest, w.media_type, w.size_bytes, w.content
                    from known
                    -- Once they are counted, their rows are locked: who comes after is told of after.
                    cross join (select count(*) from tags) written
                    cross join (values (?, ?::bytea, ?, ?::bigint, ?::jsonb))
                        w (repository, digest, media_type, size_bytes, content)
                    left join unnest(?::text[]) t (name) on true""",
                    """
                    select case when tags.is_new then 'tag.create' else 'tag.move' end,
                           acts.repository, acts.reference, acts.digest, acts.media_type, acts.size_bytes, null::jsonb
                    from tags join acts on acts.reference = tags.name""")
            + ", audited as (" + AuditClause.audited("manifest.push") + ")"
            + """
            select is_same from there
            union all
            select true from pushed""";

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

    /** What came of an attempt to write a manifest. */
    enum Outcome {
        DONE,
        /** It is there with another media type; nothing was written. {@link RetypeTable} gives it this one. */
        HAS_OTHER_TYPE,
        /** The same manifest was pushed, or a child deleted, at the same time; nothing was written. Try again. */
        LOST_RACE
    }

    /**
     * Writes everything in one statement: all of it or nothing. A manifest that is there already keeps its row. Tags
     * that name it already are left as they are; others move, and the schema's triggers date that and keep what they
     * named before. In the order of their names, so that two pushes of the same tags cannot block each other. The audit
     * has a row for each tag, and one without a tag if there is none.
     *
     * <p>The children that were found are locked against deletion until it is done, as foreign keys lock the blobs.
     */
    Outcome write(Transaction transaction, long repositoryId, ManifestPush push, Found found) throws SQLException {
        Connection connection = transaction.connection();
        try (PreparedStatement insert = connection.prepareStatement(WRITE)) {
            byte[] digest = Digests.toBytes(push.digest());
            Collection<Long> children = found.children().values();
            insert.setArray(1, array(connection, "int8", children.stream()));
            int next = setManifest(insert, repositoryId, digest, push);
            insert.setInt(next++, children.size());
            insert.setString(next++, push.manifest().mediaType());
            insert.setLong(next++, repositoryId);
            insert.setBytes(next++, digest);
            List<PlacedBlob> blobs = push.placedBlobs(found);
            insert.setLong(next++, repositoryId);
            insert.setArray(next++, array(connection, "int4", blobs.stream().map(PlacedBlob::position)));
            insert.setArray(next++, array(connection, "int8", blobs.stream().map(PlacedBlob::blobId)));
            insert.setLong(next++, repositoryId);
            insert.setArray(next++, connection.createArrayOf("bytea", push.childDigests()));
            insert.setLong(next++, repositoryId);
            Array tags = connection.createArrayOf("text", push.tagNames());
            insert.setArray(next++, tags);
            next = AuditClause.setActor(insert, next, push.actor());
            insert.setString(next++, push.repository().value());
            insert.setBytes(next++, digest);
            insert.setString(next++, push.manifest().mediaType());
            insert.setLong(next++, push.content().length);
            insert.setString(next++, push.contentJson());
            insert.setArray(next, tags);
            return outcome(insert.executeQuery());
        }
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        if (!row.next()) {
            return Outcome.LOST_RACE;
        }
        return row.getBoolean(1) ? Outcome.DONE : Outcome.HAS_OTHER_TYPE;
    }

    /** The parameters of {@link #write} from the second on; returns the number of the next. */
    private static int setManifest(PreparedStatement insert, long repositoryId, byte[] digest, ManifestPush push)
            throws SQLException {
        Manifest manifest = push.manifest();
        insert.setLong(2, repositoryId);
        insert.setBytes(3, digest);
        insert.setString(4, manifest.mediaType());
        insert.setString(5, manifest.artifactType().orElse(null));
        insert.setBytes(6, manifest.subject().map(subject -> Digests.toBytes(subject.digest())).orElse(null));
        insert.setString(7, push.annotationsJson());
        insert.setBytes(8, push.content());
        return 9;
    }

    private static Array array(Connection connection, String type, Stream<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }
}
