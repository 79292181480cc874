package io.longshore.registry.referrer;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SQL over table {@code manifest}, seen from the subject. */
final class ReferrerTable {
    private static final byte[] BEFORE_ALL = {};

    /**
     * Referrers in the order of their digests.
     *
     * @param fallbackTag the tag under which clients of registries without this list keep one; what it lists is merged
     *     in
     * @param after exclusive start
     */
    List<Referrer> find(
            Transaction transaction,
            RepositoryName repository,
            Digest subject,
            String fallbackTag,
            Optional<String> artifactType,
            Optional<Digest> after,
            long limit)
            throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                with wanted as (
                    select id as repository_id, ?::bytea as subject, ?::text as artifact_type, ?::bytea as after,
                           ?::text as fallback_tag
                    from repository
                    where name = ?)
                select m.digest, m.media_type, octet_length(m.content), m.artifact_type, m.annotations
                from wanted w
                cross join lateral (
                    (select m.*
                     from manifest m
                     where m.repository_id = w.repository_id
                       and m.subject = w.subject
                       and m.digest > w.after
                       and (w.artifact_type is null or m.artifact_type = w.artifact_type)
                     order by m.digest
                     limit ?)
                    union all
                    select m.*
                    from manifest m
                    where m.id in (select c.child_id
                                   from tag t
                                   join manifest_child c on c.manifest_id = t.manifest_id
                                   where t.repository_id = w.repository_id and t.name = w.fallback_tag)
                      and m.digest > w.after
                      and (w.artifact_type is null or m.artifact_type = w.artifact_type)
                      and m.subject is distinct from w.subject) m
                order by m.digest
                limit ?""")) {
            select.setBytes(1, Digests.toBytes(subject));
            select.setString(2, artifactType.orElse(null));
            select.setBytes(3, after.map(Digests::toBytes).orElse(BEFORE_ALL));
            select.setString(4, fallbackTag);
            select.setString(5, repository.value());
            select.setLong(6, limit);
            select.setLong(7, limit);
            return collect(select.executeQuery());
        }
    }

    private static List<Referrer> collect(ResultSet rows) throws SQLException {
        List<Referrer> referrers = new ArrayList<>();
        while (rows.next()) {
            referrers.add(new Referrer(
                    Digests.fromBytes(rows.getBytes(1)),
                    rows.getString(2),
                    rows.getLong(3),
                    Optional.ofNullable(rows.getString(4)),
                    Optional.ofNullable(rows.getString(5))));
        }
        return referrers;
    }
}
