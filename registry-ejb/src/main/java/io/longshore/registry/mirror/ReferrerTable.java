package io.longshore.registry.mirror;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** SQL of table {@code mirror_referrers}. Times are those of the database, for all nodes. */
final class ReferrerTable {

    /** What the upstream said, and how long ago. */
    record Known(String index, Duration age) {}

    Optional<Known> find(Transaction transaction, RepositoryName repository, Digest subject) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select content, extract(epoch from clock_timestamp() - checked_at)
                from mirror_referrers
                where repository_id = (select id from repository where name = ?) and subject = ?""")) {
            select.setString(1, repository.value());
            select.setBytes(2, Digests.toBytes(subject));
            ResultSet row = select.executeQuery();
            return row.next()
                    ? Optional.of(new Known(row.getString(1), Duration.ofMillis((long) (row.getDouble(2) * 1000))))
                    : Optional.empty();
        }
    }

    /** Does nothing if there is no such repository: nothing of it has been pulled yet. */
    void put(Transaction transaction, RepositoryName repository, Digest subject, String index) throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into mirror_referrers (repository_id, subject, content, checked_at)
                select id, ?, ?, clock_timestamp() from repository where name = ?
                on conflict (repository_id, subject) do update
                    set content = excluded.content, checked_at = excluded.checked_at""")) {
            upsert.setBytes(1, Digests.toBytes(subject));
            upsert.setString(2, index);
            upsert.setString(3, repository.value());
            upsert.executeUpdate();
        }
    }

    /** Those of these manifests that were fetched, and not pushed. */
    Set<Digest> fetched(Transaction transaction, RepositoryName repository, Collection<Digest> manifests)
            throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select digest
                from mirror_content
                where repository_id = (select id from repository where name = ?) and digest = any (?) and is_manifest""")) {
            select.setString(1, repository.value());
            select.setArray(2, transaction.connection().createArrayOf("bytea", Digests.toBytes(manifests)));
            ResultSet row = select.executeQuery();
            Set<Digest> fetched = new HashSet<>();
            while (row.next()) {
                fetched.add(Digests.fromBytes(row.getBytes(1)));
            }
            return fetched;
        }
    }
}
