package io.longshore.registry.replication;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Tag;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** SQL of table {@code replication_tag}. */
final class CopiedTable {

    /** As what a tag was copied. */
    record Copied(Digest source, Digest target) {
        boolean isTheSame() {
            return source.equals(target);
        }
    }

    Optional<Copied> find(Transaction transaction, Task task) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select source_digest, target_digest
                from replication_tag
                where rule_id = ? and repository = ? and tag = ?""")) {
            set(select, task);
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(copied(row, 1)) : Optional.empty();
        }
    }

    /** All of a repository, by their names. */
    Map<Tag, Copied> of(Transaction transaction, long ruleId, String repository) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select tag, source_digest, target_digest
                from replication_tag
                where rule_id = ? and repository = ?""")) {
            select.setLong(1, ruleId);
            select.setString(2, repository);
            ResultSet row = select.executeQuery();
            Map<Tag, Copied> copied = new HashMap<>();
            while (row.next()) {
                copied.put(Tag.parse(row.getString(1)), copied(row, 2));
            }
            return copied;
        }
    }

    void put(Transaction transaction, Task task, Copied copied) throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into replication_tag as t (rule_id, repository, tag, source_digest, target_digest)
                values (?, ?, ?, ?, ?)
                on conflict (rule_id, repository, tag) do update
                set source_digest = excluded.source_digest, target_digest = excluded.target_digest, copied_at = now()
                where (t.source_digest, t.target_digest) <> (excluded.source_digest, excluded.target_digest)""")) {
            set(upsert, task);
            upsert.setBytes(4, Digests.toBytes(copied.source()));
            upsert.setBytes(5, Digests.toBytes(copied.target()));
            upsert.executeUpdate();
        }
    }

    void delete(Transaction transaction, Task task) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from replication_tag where rule_id = ? and repository = ? and tag = ?")) {
            set(delete, task);
            delete.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, Task task) throws SQLException {
        statement.setLong(1, task.ruleId());
        statement.setString(2, task.repository());
        statement.setString(3, task.tag());
    }

    private static Copied copied(ResultSet row, int first) throws SQLException {
        return new Copied(Digests.fromBytes(row.getBytes(first)), Digests.fromBytes(row.getBytes(first + 1)));
    }
}
