package io.longshore.registry.referrer;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Slice;
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
    /** Annotations may be as long as manifests, and a page is put together in memory. */
    private static final int PAGE_ANNOTATION_BYTES = 4 << 20;

    private static final byte[] BEFORE_ALL = {};

    /**
     * Referrers in the order of their digests: as many as {@code limit} says, or fewer if their annotations are long,
     * but at least one. How long they are is taken from the manifest where that is long, since only that is known
     * without reading it.
     *
     * @param fallbackTag the tag under which clients of registries without this list keep one; what it lists is merged
     *     in
     * @param after exclusive start
     */
    Slice<Referrer> find(
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
                    where name = ?),
                found as (
                select m.digest, m.media_type, octet_length(m.content) as size_bytes, m.artifact_type, m.annotations
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
                    where m.repository_id = w.repository_id
                      and m.digest in (select c.digest
                                       from tag t
                                       join manifest_child c on c.manifest_id = t.manifest_id
                                       where t.repository_id = w.repository_id and t.name = w.fallback_tag)
                      and m.digest > w.after
                      and (w.artifact_type is null or m.artifact_type = w.artifact_type)
                      and m.subject is distinct from w.subject) m
                order by m.digest
                limit ?),
                weighed as (
                    select f.*,
                           case when f.annotations is null then 0
                                when f.size_bytes > 65536 then f.size_bytes
                                else octet_length(f.annotations::text) end as weight
                    from found f),
                summed as (
                    select w.*, sum(w.weight) over (order by w.digest rows unbounded preceding) as running,
                           count(*) over () as all_found
                    from weighed w)
                select digest, media_type, size_bytes, artifact_type, annotations, all_found
                from summed
                where running <= ? or running = weight
                order by digest""")) {
            select.setBytes(1, Digests.toBytes(subject));
            select.setString(2, artifactType.orElse(null));
            select.setBytes(3, after.map(Digests::toBytes).orElse(BEFORE_ALL));
            select.setString(4, fallbackTag);
            select.setString(5, repository.value());
            select.setLong(6, limit);
            select.setLong(7, limit);
            select.setInt(8, PAGE_ANNOTATION_BYTES);
            return collect(select.executeQuery());
        }
    }

    private static Slice<Referrer> collect(ResultSet rows) throws SQLException {
        List<Referrer> referrers = new ArrayList<>();
        long found = 0;
        while (rows.next()) {
            found = rows.getLong(6);
            referrers.add(new Referrer(
                    Digests.fromBytes(rows.getBytes(1)),
                    rows.getString(2),
                    rows.getLong(3),
                    Optional.ofNullable(rows.getString(4)),
                    Optional.ofNullable(rows.getString(5))));
        }
        return new Slice<>(referrers, found > referrers.size());
    }
}
