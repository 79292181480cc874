package io.longshore.registry.manifest;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.AuditClause;
import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** SQL that reads and deletes rows of table {@code manifest}. */
final class ManifestTable {
    private static final String BY_TAG = """
            from repository r
            join tag t on t.repository_id = r.id and t.name = ?
            join manifest m on m.id = t.manifest_id
            where r.name = ?""";
    private static final String BY_DIGEST = """
            from repository r
            join manifest m on m.repository_id = r.id and m.digest = ?
            where r.name = ?""";
    private static final String LOCK = """
            select
            from manifest
            where repository_id = (select id from repository where name = ?) and digest = ?
            for update""";
    private static final String DELETE = """
            with target as (
                select m.id, m.repository_id, r.name as repository, m.digest
                from manifest m
                join repository r on r.id = m.repository_id
                where r.name = ? and m.digest = ?),
            named as (
                select t.name
                from target
                join tag t on t.repository_id = target.repository_id and t.manifest_id = target.id
                -- Waits for whoever moves one away, and leaves it out then.
                for update of t),
            gone as (
                delete from manifest m
                using target
                -- Once they are counted, they are locked, before a trigger deletes them.
                where m.id = target.id and (select count(*) from named) >= 0
                returning target.repository, target.digest)
            """
            + AuditClause.queries(
                    "manifest.delete",
                    "select repository, null, digest, null, null::bigint, null::jsonb from gone",
                    """
                    select 'tag.delete', acts.repository, named.name, acts.digest, null, null::bigint, null::jsonb
                    from acts, named""")
            + AuditClause.audited("manifest.delete");
    private static final String HEAD = "select m.digest, m.media_type, octet_length(m.content)\n";
    private static final String WHOLE = "select m.digest, m.media_type, m.content\n";

    Optional<ManifestHead> head(Transaction transaction, RepositoryName repository, Reference reference)
            throws SQLException {
        try (PreparedStatement select = select(transaction, HEAD, repository, reference)) {
            ResultSet row = select.executeQuery();
            return row.next()
                    ? Optional.of(new ManifestHead(Digests.fromBytes(row.getBytes(1)), row.getString(2), row.getLong(3)))
                    : Optional.empty();
        }
    }

    Optional<StoredManifest> find(Transaction transaction, RepositoryName repository, Reference reference)
            throws SQLException {
        try (PreparedStatement select = select(transaction, WHOLE, repository, reference)) {
            ResultSet row = select.executeQuery();
            return row.next()
                    ? Optional.of(
                            new StoredManifest(Digests.fromBytes(row.getBytes(1)), row.getString(2), row.getBytes(3)))
                    : Optional.empty();
        }
    }

    private static PreparedStatement select(
            Transaction transaction, String columns, RepositoryName repository, Reference reference)
            throws SQLException {
        boolean byTag = reference instanceof Tag;
        PreparedStatement select = transaction.connection().prepareStatement(columns + (byTag ? BY_TAG : BY_DIGEST));
        if (reference instanceof Digest digest) {
            select.setBytes(1, Digests.toBytes(digest));
        } else {
            select.setString(1, reference.toString());
        }
        select.setString(2, repository.value());
        return select;
    }

    /**
     * Deletes a manifest; the schema takes its tags and references with it. Whether there was one. In a transaction: the
     * manifest is locked before it is looked which tags name it, so that none is added in between.
     */
    boolean delete(Transaction transaction, Actor actor, RepositoryName repository, Digest digest)
            throws SQLException {
        try (PreparedStatement lock = transaction.connection().prepareStatement(LOCK)) {
            lock.setString(1, repository.value());
            lock.setBytes(2, Digests.toBytes(digest));
            if (!lock.executeQuery().next()) {
                return false;
            }
        }
        try (PreparedStatement delete = transaction.connection().prepareStatement(DELETE)) {
            delete.setString(1, repository.value());
            delete.setBytes(2, Digests.toBytes(digest));
            AuditClause.setActor(delete, 3, actor);
            return delete.executeUpdate() > 0;
        }
    }
}
