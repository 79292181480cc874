package io.longshore.registry.blob;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.AuditClause;
import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Visibility;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * SQL of tables {@code blob} and {@code link}. A blob may be in every repository, as the empty config of artifacts is,
 * and PostgreSQL plans for one that is in few; so a link is looked up by both its ids, never by a join that could begin
 * at the blob.
 */
final class BlobTable {
    /** What the schema's {@code refuse_reclaimed} refuses with. */
    static final String RECLAIMED = "LS001";

    private static final String IN_REPOSITORY = "repository_id = (select id from repository where name = ?) and";

    /**
     * Makes a row of a blob be there, and gives its id if there was none. "do update" changes nothing: it is how a row of a
     * concurrent push gives its id. The bytes may be on their way out, or have gone lately: that can be seen once the row
     * is locked, and not before. What a row that was there already names is held by the foreign key of the link.
     */
    private static final String NEW_BLOB = """
            new_blob as (
                insert into blob (digest, size_bytes)
                select ?, ? where not exists (select from blob where digest = ?)
                on conflict (digest) do update set digest = excluded.digest
                returning id, refuse_reclaimed(digest, ?::timestamptz))""";

    private static final String ADD = """
            with new_repository as (
                insert into repository (name)
                select ? where not exists (select from repository where name = ?)
                on conflict (name) do update set name = excluded.name
                returning id),
            %s,
            new_link as (
                insert into link (repository_id, blob_id)
                select r.id, b.id
                from (select id from new_repository union all select id from repository where name = ?) r,
                     (select id from new_blob union all select id from blob where digest = ?) b
                on conflict do nothing)
            """.formatted(NEW_BLOB) + AuditClause.insertWithContent("blob.push", """
                    select ?, null, ?::bytea, 'application/octet-stream', ?::bigint, null::jsonb""");

    /** As {@link #ADD}, of a repository that is there, and nobody is told. */
    private static final String LINK = """
            with %s
            insert into link (repository_id, blob_id)
            select ?, b.id
            from (select id from new_blob union all select id from blob where digest = ?) b
            on conflict do nothing""".formatted(NEW_BLOB);

    private static final String MOUNT = mount("");
    private static final String MOUNT_FROM = mount(IN_REPOSITORY);

    private static final String UNLINK = """
            with gone as (
                delete from link
                where repository_id = (select id from repository where name = ?)
                  and blob_id = (select id from blob where digest = ?)
                returning blob_id)
            """ + AuditClause.insert("blob.delete", "select ?, null, ?::bytea from gone");

    private static String mount(String condition) {
        return """
                with source as (
                    select b.id, b.size_bytes
                    from blob b
                    where b.digest = ? and exists (select from link where %s blob_id = b.id)),
                new_repository as (
                    insert into repository (name)
                    select ? from source where not exists (select from repository where name = ?)
                    on conflict (name) do update set name = excluded.name
                    returning id),
                new_link as (
                    insert into link (repository_id, blob_id)
                    select r.id, source.id
                    from source, (select id from new_repository union all select id from repository where name = ?) r
                    on conflict do nothing)
                """.formatted(condition)
                + AuditClause.insertWithContent("blob.mount", """
                        select ?, ?, ?::bytea, 'application/octet-stream', size_bytes, null::jsonb from source""");
    }

    OptionalLong sizeOf(Transaction transaction, RepositoryName repository, Digest digest) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select b.size_bytes
                from blob b
                where b.digest = ?
                  and exists (select
                              from link
                              where repository_id = (select id from repository where name = ?)
                                and blob_id = b.id)""")) {
            select.setBytes(1, Digests.toBytes(digest));
            select.setString(2, repository.value());
            ResultSet row = select.executeQuery();
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    /**
     * Makes blob and link be there. Fails with {@link #RECLAIMED} if the bytes may not be.
     *
     * @param seen as of when it is known that they are
     */
    void add(
            Transaction transaction, Actor actor, RepositoryName repository, Digest digest, long sizeBytes,
            Seen seen)
            throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement(ADD)) {
            insert.setString(1, repository.value());
            insert.setString(2, repository.value());
            int next = setBlob(insert, 3, digest, sizeBytes, seen);
            insert.setString(next++, repository.value());
            insert.setBytes(next++, Digests.toBytes(digest));
            next = AuditClause.setActor(insert, next, actor);
            insert.setString(next++, repository.value());
            insert.setBytes(next++, Digests.toBytes(digest));
            insert.setLong(next, sizeBytes);
            insert.executeUpdate();
        }
    }

    /** As {@link #add}, without telling anybody. */
    void link(Transaction transaction, long repositoryId, Digest digest, long sizeBytes, Seen seen)
            throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement(LINK)) {
            int next = setBlob(insert, 1, digest, sizeBytes, seen);
            insert.setLong(next++, repositoryId);
            insert.setBytes(next, Digests.toBytes(digest));
            insert.executeUpdate();
        }
    }

    /** The parameters of {@link #NEW_BLOB}. */
    private static int setBlob(PreparedStatement insert, int first, Digest digest, long sizeBytes, Seen seen)
            throws SQLException {
        byte[] bytes = Digests.toBytes(digest);
        int next = first;
        insert.setBytes(next++, bytes);
        insert.setLong(next++, sizeBytes);
        insert.setBytes(next++, bytes);
        insert.setString(next++, seen.goneBefore());
        return next;
    }

    /** Makes a link to a blob of this size be there. Whether there is such a blob. */
    boolean linkStored(Transaction transaction, long repositoryId, Digest digest, long sizeBytes) throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into link (repository_id, blob_id)
                select ?, id from blob where digest = ? and size_bytes = ?
                on conflict (repository_id, blob_id) do update set blob_id = excluded.blob_id""")) {
            insert.setLong(1, repositoryId);
            insert.setBytes(2, Digests.toBytes(digest));
            insert.setLong(3, sizeBytes);
            return insert.executeUpdate() > 0;
        }
    }

    boolean isStored(Transaction transaction, Digest digest, long sizeBytes) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select from blob where digest = ? and size_bytes = ?")) {
            select.setBytes(1, Digests.toBytes(digest));
            select.setLong(2, sizeBytes);
            return select.executeQuery().next();
        }
    }

    /** A repository that has a blob, of those that may be seen. */
    Optional<RepositoryName> holder(Transaction transaction, Digest digest, Visibility visible) throws SQLException {
        String conditions = "and r.name ~ any (?::text[])\n".repeat(visible.conditions().size());
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select r.name
                from link l
                join repository r on r.id = l.repository_id
                where l.blob_id = (select id from blob where digest = ?)
                %s
                limit 1""".formatted(conditions))) {
            select.setBytes(1, Digests.toBytes(digest));
            int next = 2;
            for (List<RepositoryPattern> patterns : visible.conditions()) {
                Object[] regexes = patterns.stream().map(RepositoryPattern::toRegex).toArray();
                select.setArray(next++, transaction.connection().createArrayOf("text", regexes));
            }
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(RepositoryName.parse(row.getString(1))) : Optional.empty();
        }
    }

    /** Links a blob that another repository has, any other if {@code from} is empty. Whether there was one. */
    boolean mount(
            Transaction transaction,
            Actor actor,
            RepositoryName repository,
            Digest digest,
            Optional<RepositoryName> from)
            throws SQLException {
        try (PreparedStatement insert =
                transaction.connection().prepareStatement(from.isPresent() ? MOUNT_FROM : MOUNT)) {
            int next = 1;
            insert.setBytes(next++, Digests.toBytes(digest));
            if (from.isPresent()) {
                insert.setString(next++, from.get().value());
            }
            insert.setString(next++, repository.value());
            insert.setString(next++, repository.value());
            insert.setString(next++, repository.value());
            next = AuditClause.setActor(insert, next, actor);
            insert.setString(next++, repository.value());
            insert.setString(next++, from.map(RepositoryName::value).orElse(null));
            insert.setBytes(next, Digests.toBytes(digest));
            return insert.executeUpdate() > 0;
        }
    }

    boolean unlink(Transaction transaction, Actor actor, RepositoryName repository, Digest digest)
            throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(UNLINK)) {
            delete.setString(1, repository.value());
            delete.setBytes(2, Digests.toBytes(digest));
            int next = AuditClause.setActor(delete, 3, actor);
            delete.setString(next++, repository.value());
            delete.setBytes(next, Digests.toBytes(digest));
            return delete.executeUpdate() > 0;
        }
    }
}
