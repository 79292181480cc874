package io.longshore.registry.mirror;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SQL that takes what was fetched out of repositories. What something needs that was pushed, stays, and counts as pushed
 * from then on.
 */
final class EvictionTable {
    private static final String UNBIND = """
            with target as (
                select b.id, b.digest, b.size_bytes, c.repository_id
                from mirror_content c
                join blob b on b.digest = c.digest
                where c.repository_id = ? and c.digest = ? and not c.is_manifest and c.pulled_at <= ?
                  and not exists (
                      select from manifest_blob mb
                      join manifest m on m.id = mb.manifest_id
                      where mb.repository_id = c.repository_id and mb.blob_id = b.id
                        and not exists (select from mirror_content mc
                                        where mc.repository_id = m.repository_id and mc.digest = m.digest
                                          and mc.is_manifest))),
            held as (
                delete from manifest_blob mb using target t
                where mb.repository_id = t.repository_id and mb.blob_id = t.id
                returning mb.manifest_id, mb.position, mb.repository_id, t.digest, t.size_bytes)
            insert into manifest_absent_blob (manifest_id, position, repository_id, digest, size_bytes)
            select manifest_id, position, repository_id, digest, size_bytes from held""";

    private static final String UNLINK = """
            delete from link l
            using mirror_content c, blob b
            where c.repository_id = ? and c.digest = ? and not c.is_manifest and c.pulled_at <= ?
              and b.digest = c.digest and l.repository_id = c.repository_id and l.blob_id = b.id
              and not exists (select from manifest_blob mb
                              where mb.repository_id = l.repository_id and mb.blob_id = l.blob_id)""";

    private static final String DELETE_MANIFEST = """
            with target as (
                select m.id, m.repository_id, m.digest
                from mirror_content c
                join manifest m on m.repository_id = c.repository_id and m.digest = c.digest
                where c.repository_id = ? and c.digest = ? and c.is_manifest and c.pulled_at <= ?
                  and not exists (
                      select from tag t
                      where t.repository_id = m.repository_id and t.manifest_id = m.id
                        and not exists (select from mirror_tag f
                                        where f.repository_id = t.repository_id and f.name = t.name
                                          and f.digest = m.digest))
                  and not exists (
                      select from manifest_child i
                      join manifest parent on parent.id = i.manifest_id
                      where i.repository_id = m.repository_id and i.digest = m.digest
                        and not exists (select from mirror_content pc
                                        where pc.repository_id = parent.repository_id
                                          and pc.digest = parent.digest and pc.is_manifest))),
            tags as (
                delete from mirror_tag f using target t
                where f.repository_id = t.repository_id and f.digest = t.digest)
            delete from manifest m using target t where m.id = t.id""";

    /** What came of it to take something out. */
    enum Outcome {
        /** The repository has lost it. */
        LOST,
        /** Something needs it that was pushed: it is no matter of the mirror any more. */
        NEEDED,
        /** It was pulled since, or is gone. */
        LEFT
    }

    /** Something that was fetched, and when it was last pulled, as far as is known. */
    record Content(long repositoryId, Digest digest, boolean isManifest, OffsetDateTime pulledAt) {}

    /** Those that nobody has pulled for so long, at most so many. */
    List<Content> unused(Transaction transaction, Upstream upstream, Duration age, int limit) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select repository_id, digest, is_manifest, pulled_at
                from mirror_content
                where upstream_id = ? and pulled_at <= now() - make_interval(secs => ?)
                order by pulled_at
                limit ?""")) {
            select.setLong(1, upstream.id());
            select.setDouble(2, age.toMillis() / 1000.0);
            select.setInt(3, limit);
            return read(select.executeQuery());
        }
    }

    /** Blobs that are too many for this size, the least recently pulled first, at most so many. */
    List<Content> surplus(Transaction transaction, Upstream upstream, long mostBytes, int limit) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                -- In several repositories, a blob takes the room of one.
                with once as (
                    select digest, max(size_bytes) as size_bytes, max(pulled_at) as pulled_at
                    from mirror_content
                    where upstream_id = ? and not is_manifest
                    group by digest),
                summed as (
                    select digest, pulled_at,
                           sum(size_bytes) over (order by pulled_at desc, digest rows unbounded preceding) as running
                    from once)
                select c.repository_id, c.digest, c.is_manifest, c.pulled_at
                from summed s
                join mirror_content c on c.digest = s.digest and c.upstream_id = ? and not c.is_manifest
                where s.running > ?
                order by s.pulled_at, c.digest
                limit ?""")) {
            select.setLong(1, upstream.id());
            select.setLong(2, upstream.id());
            select.setLong(3, mostBytes);
            select.setInt(4, limit);
            return read(select.executeQuery());
        }
    }

    /** Whatever there is, of all repositories or one, with all digests or one; at most so many. */
    List<Content> any(
            Transaction transaction, Upstream upstream, Optional<RepositoryName> repository, Optional<Digest> digest,
            int limit)
            throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select c.repository_id, c.digest, c.is_manifest, c.pulled_at
                from mirror_content c
                where c.upstream_id = ?
                  and (?::text is null or c.repository_id = (select id from repository where name = ?))
                  and (?::bytea is null or c.digest = ?)
                order by c.is_manifest desc
                limit ?""")) {
            select.setLong(1, upstream.id());
            select.setString(2, repository.map(RepositoryName::value).orElse(null));
            select.setString(3, repository.map(RepositoryName::value).orElse(null));
            select.setBytes(4, digest.map(Digests::toBytes).orElse(null));
            select.setBytes(5, digest.map(Digests::toBytes).orElse(null));
            select.setInt(6, limit);
            return read(select.executeQuery());
        }
    }

    private static List<Content> read(ResultSet row) throws SQLException {
        List<Content> found = new ArrayList<>();
        while (row.next()) {
            found.add(new Content(
                    row.getLong(1), Digests.fromBytes(row.getBytes(2)), row.getBoolean(3),
                    row.getObject(4, OffsetDateTime.class)));
        }
        return found;
    }

    /**
     * Takes one out, unless it was pulled since. To be run in a transaction, statement by statement: the foreign key of
     * what held a blob is looked at when a statement ends. Whoever adds to the repository waits.
     */
    Outcome evict(Transaction transaction, Content content) throws SQLException {
        Connection connection = transaction.connection();
        try (PreparedStatement lock =
                connection.prepareStatement("select from repository where id = ? for no key update")) {
            lock.setLong(1, content.repositoryId());
            lock.execute();
        }
        boolean isLost;
        if (content.isManifest()) {
            isLost = change(connection, content, DELETE_MANIFEST) > 0;
            forgetReferrers(connection, content);
        } else {
            change(connection, content, UNBIND);
            isLost = change(connection, content, UNLINK) > 0;
        }
        boolean isForgotten = change(connection, content, """
                delete from mirror_content
                where repository_id = ? and digest = ? and pulled_at <= ? and is_manifest = %s"""
                .formatted(content.isManifest())) > 0;
        return isLost ? Outcome.LOST : isForgotten ? Outcome.NEEDED : Outcome.LEFT;
    }

    private static void forgetReferrers(Connection connection, Content subject) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from mirror_referrers where repository_id = ? and subject = ?")) {
            delete.setLong(1, subject.repositoryId());
            delete.setBytes(2, Digests.toBytes(subject.digest()));
            delete.executeUpdate();
        }
    }

    private static int change(Connection connection, Content content, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, content.repositoryId());
            statement.setBytes(2, Digests.toBytes(content.digest()));
            statement.setObject(3, content.pulledAt());
            return statement.executeUpdate();
        }
    }
}
