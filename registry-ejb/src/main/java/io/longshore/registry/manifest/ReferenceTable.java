package io.longshore.registry.manifest;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** SQL that looks up what a manifest references. */
final class ReferenceTable {

    /**
     * What of a manifest's references is in its repository.
     *
     * @param repositoryId empty if there is no such repository yet
     * @param blobs row ids of those blobs that are there
     * @param children row ids of those manifests that are there
     */
    record Found(OptionalLong repositoryId, Map<Digest, Long> blobs, Map<Digest, Long> children) {}

    /**
     * One lookup after the other, and not as a join: the planner has no idea how much a repository has, and would plan
     * each call anew for the lengths of the arrays, which takes ten times as long as the call.
     */
    Found find(
            Transaction transaction, RepositoryName repository, Collection<Digest> blobs, Collection<Digest> children)
            throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select r.id, found.kind, found.digest, found.id
                from repository r
                left join lateral (
                    select 'b' as kind, named.digest, b.id
                    from unnest((select ?::bytea[])) named (digest)
                    cross join lateral (select id from blob where digest = named.digest limit 1) b
                    cross join lateral (select from link where repository_id = r.id and blob_id = b.id limit 1) linked
                    union all
                    select 'm', named.digest, m.id
                    from unnest((select ?::bytea[])) named (digest)
                    cross join lateral (
                        select id from manifest where repository_id = r.id and digest = named.digest limit 1) m)
                    found on true
                where r.name = ?""")) {
            select.setArray(1, transaction.connection().createArrayOf("bytea", Digests.toBytes(blobs)));
            select.setArray(2, transaction.connection().createArrayOf("bytea", Digests.toBytes(children)));
            select.setString(3, repository.value());
            return collect(select.executeQuery());
        }
    }

    private static Found collect(ResultSet rows) throws SQLException {
        OptionalLong repositoryId = OptionalLong.empty();
        Map<Digest, Long> blobs = new HashMap<>();
        Map<Digest, Long> children = new HashMap<>();
        while (rows.next()) {
            repositoryId = OptionalLong.of(rows.getLong(1));
            String kind = rows.getString(2);
            if (kind != null) {
                (kind.equals("b") ? blobs : children).put(Digests.fromBytes(rows.getBytes(3)), rows.getLong(4));
            }
        }
        return new Found(repositoryId, blobs, children);
    }
}
