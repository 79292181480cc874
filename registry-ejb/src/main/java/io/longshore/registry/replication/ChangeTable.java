package io.longshore.registry.replication;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SQL of table {@code replication_change}, and of what it means. */
final class ChangeTable {
    /** Of all nodes one at a time, and none that hangs in the middle for long. */
    private static final String LOCK = """
            select set_config('idle_in_transaction_session_timeout', '5s', true),
                   set_config('lock_timeout', '10s', true),
                   pg_advisory_xact_lock(hashtextextended('longshore replication', 0))""";

    /** What happened. */
    record Change(String action, RepositoryName repository, Optional<Tag> tag, Optional<Digest> digest) {}

    boolean isEmpty(Transaction transaction) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select not exists (select from replication_change)")) {
            ResultSet row = select.executeQuery();
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Takes the oldest out of the table. */
    List<Change> take(Transaction transaction, int limit) throws SQLException {
        try (PreparedStatement lock = transaction.connection().prepareStatement(LOCK)) {
            lock.execute();
        }
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                with taken as (
                    delete from replication_change
                    where id = any (array(select id from replication_change order by id limit ?))
                    returning *)
                select action, repository, tag, digest from taken order by id""")) {
            delete.setInt(1, limit);
            ResultSet row = delete.executeQuery();
            List<Change> changes = new ArrayList<>();
            while (row.next()) {
                changes.add(new Change(
                        row.getString(1), RepositoryName.parse(row.getString(2)),
                        Optional.ofNullable(row.getString(3)).map(Tag::parse),
                        Optional.ofNullable(row.getBytes(4)).map(Digests::fromBytes)));
            }
            return changes;
        }
    }

    /** The tags of what a manifest says something about, directly or not, or of an index that lists that. */
    List<Tag> tagsOfSubjects(Transaction transaction, RepositoryName repository, Digest referrer)
            throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                with recursive r as (select id from repository where name = ?),
                above (digest) as (
                    select m.subject
                    from manifest m
                    where m.repository_id = (select id from r) and m.digest = ? and m.subject is not null
                    union
                    select next.digest
                    from above
                    cross join lateral (
                        select m.subject as digest
                        from manifest m
                        where m.repository_id = (select id from r) and m.digest = above.digest
                          and m.subject is not null
                        union all
                        select parent.digest
                        from manifest_child c
                        join manifest parent on parent.id = c.manifest_id
                        where c.repository_id = (select id from r) and c.digest = above.digest) next)
                select distinct t.name
                from above
                join manifest m on m.repository_id = (select id from r) and m.digest = above.digest
                join tag t on t.repository_id = m.repository_id and t.manifest_id = m.id""")) {
            select.setString(1, repository.value());
            select.setBytes(2, Digests.toBytes(referrer));
            return tags(select);
        }
    }

    /** The tags that a rule has copied of a manifest. */
    List<Tag> copied(Transaction transaction, long ruleId, RepositoryName repository, Digest manifest)
            throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select tag from replication_tag where rule_id = ? and repository = ? and source_digest = ?""")) {
            select.setLong(1, ruleId);
            select.setString(2, repository.value());
            select.setBytes(3, Digests.toBytes(manifest));
            return tags(select);
        }
    }

    private static List<Tag> tags(PreparedStatement select) throws SQLException {
        ResultSet row = select.executeQuery();
        List<Tag> tags = new ArrayList<>();
        while (row.next()) {
            tags.add(Tag.parse(row.getString(1)));
        }
        return tags;
    }
}
