package io.longshore.registry.mirror;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** SQL of table {@code mirror_tag}. Times are those of the database, for all nodes. */
final class TagTable {

    /**
     * A tag that is here.
     *
     * @param digest of the manifest that it names
     * @param age for how long the upstream has not been asked for it; empty if it is not from there: it was pushed
     */
    record Known(Digest digest, Optional<Duration> age) {}

    Optional<Known> find(Transaction transaction, RepositoryName repository, Tag tag) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select m.digest, extract(epoch from clock_timestamp() - c.checked_at)
                from repository r
                join tag t on t.repository_id = r.id and t.name = ?
                join manifest m on m.id = t.manifest_id
                left join mirror_tag c on c.repository_id = r.id and c.name = t.name and c.digest = m.digest
                where r.name = ?""")) {
            select.setString(1, tag.value());
            select.setString(2, repository.value());
            ResultSet row = select.executeQuery();
            if (!row.next()) {
                return Optional.empty();
            }
            double seconds = row.getDouble(2);
            Optional<Duration> age =
                    row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis((long) (seconds * 1000)));
            return Optional.of(new Known(Digests.fromBytes(row.getBytes(1)), age));
        }
    }

    /** Says that the upstream has just been asked, and what it said. */
    void checked(Transaction transaction, long repositoryId, Tag tag, Digest digest) throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into mirror_tag (repository_id, name, digest, checked_at)
                values (?, ?, ?, clock_timestamp())
                on conflict (repository_id, name) do update
                    set digest = excluded.digest, checked_at = excluded.checked_at""")) {
            upsert.setLong(1, repositoryId);
            upsert.setString(2, tag.value());
            upsert.setBytes(3, Digests.toBytes(digest));
            upsert.executeUpdate();
        }
    }

    /** As {@link #checked}, of a tag that is known already, and that names the same as before. */
    void checkedAgain(Transaction transaction, RepositoryName repository, Tag tag) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update mirror_tag
                set checked_at = clock_timestamp()
                where repository_id = (select id from repository where name = ?) and name = ?""")) {
            update.setString(1, repository.value());
            update.setString(2, tag.value());
            update.executeUpdate();
        }
    }

    /** Removes a tag that the upstream has no more, if it is still what was fetched from there. */
    void remove(Transaction transaction, RepositoryName repository, Tag tag, Digest digest) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                with gone as (
                    delete from mirror_tag
                    where repository_id = (select id from repository where name = ?) and name = ? and digest = ?
                    returning repository_id, name, digest)
                delete from tag t
                using gone, manifest m
                where t.repository_id = gone.repository_id and t.name = gone.name
                  and m.id = t.manifest_id and m.digest = gone.digest""")) {
            delete.setString(1, repository.value());
            delete.setString(2, tag.value());
            delete.setBytes(3, Digests.toBytes(digest));
            delete.executeUpdate();
        }
    }
}
