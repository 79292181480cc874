package io.longshore.registry.replication;

import io.longshore.registry.database.Columns;
import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.replication.Item.Kind;
import io.longshore.registry.replication.Item.State;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** SQL of table {@code replication_item}, but for who takes what on. Changed only while the rule is locked. */
final class ItemTable {
    private static final String OWN = "where id = ? and node = ? and state = 'running'";

    /** Adds what is to be done; what waits to be done in this run already is not added. How much was added. */
    int insert(Transaction transaction, long runId, long ruleId, Collection<Task.Child> children)
            throws SQLException {
        Connection connection = transaction.connection();
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into replication_item (run_id, rule_id, kind, repository, tag)
                select ?, ?, child.kind, child.repository, child.tag
                from unnest(?::text[], ?::text[], ?::text[]) with ordinality child (kind, repository, tag, position)
                order by child.position
                on conflict do nothing""")) {
            insert.setLong(1, runId);
            insert.setLong(2, ruleId);
            insert.setArray(3, texts(connection, children.stream().map(child -> child.kind().word()).toArray()));
            insert.setArray(4, texts(connection, children.stream().map(Task.Child::repository).toArray()));
            insert.setArray(5, texts(connection, children.stream().map(Task.Child::tag).toArray()));
            return insert.executeUpdate();
        }
    }

    private static Array texts(Connection connection, Object[] texts) throws SQLException {
        return connection.createArrayOf("text", texts);
    }

    /** Removes what was done and need not be kept. False if the node is not at it any more. */
    boolean delete(Transaction transaction, long id, UUID node) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from replication_item " + OWN)) {
            delete.setLong(1, id);
            delete.setObject(2, node);
            return delete.executeUpdate() == 1;
        }
    }

    /** Says what came of it. False if the node is not at it any more. */
    boolean end(
            Transaction transaction, long id, UUID node, State state, Optional<Digest> digest, long bytes,
            Optional<String> error)
            throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update replication_item
                set state = ?, digest = ?, bytes = ?, error = ?, node = null, ended_at = clock_timestamp()
                """ + OWN)) {
            update.setString(1, state.word());
            update.setBytes(2, digest.map(Digests::toBytes).orElse(null));
            update.setLong(3, bytes);
            update.setString(4, error.orElse(null));
            update.setLong(5, id);
            update.setObject(6, node);
            return update.executeUpdate() == 1;
        }
    }

    /** Has it tried again after a while. If the same waits already, that is enough. */
    void retry(Transaction transaction, long id, UUID node, Duration wait, String error) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from replication_item i
                where id = ? and node = ? and state = 'running'
                  and exists (
                      select from replication_item w
                      where w.run_id = i.run_id and w.kind = i.kind and w.repository = i.repository and w.tag = i.tag
                        and w.state = 'waiting')""")) {
            delete.setLong(1, id);
            delete.setObject(2, node);
            delete.executeUpdate();
        }
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update replication_item
                set state = 'waiting', node = null, due_at = now() + make_interval(secs => ?), error = ?
                """ + OWN)) {
            update.setDouble(1, wait.toMillis() / 1000.0);
            update.setString(2, error);
            update.setLong(3, id);
            update.setObject(4, node);
            update.executeUpdate();
        }
    }

    /** Forgets what was still to be done. */
    void deleteOpen(Transaction transaction, long runId) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from replication_item where run_id = ? and state in ('waiting', 'running')")) {
            delete.setLong(1, runId);
            delete.executeUpdate();
        }
    }

    /** Which items a node is at, as far as others know. */
    List<Long> of(Transaction transaction, UUID node) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select id from replication_item where node = ? and state = 'running'")) {
            select.setObject(1, node);
            ResultSet row = select.executeQuery();
            List<Long> ids = new ArrayList<>();
            while (row.next()) {
                ids.add(row.getLong(1));
            }
            return ids;
        }
    }

    /** Those of a run, in the order in which they were found. */
    List<Item> after(Transaction transaction, long runId, Optional<State> state, long after, int limit)
            throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select id, run_id, kind, repository, tag, state, attempts, digest, bytes, error, ended_at
                from replication_item
                where run_id = ? and id > ? and state = coalesce(?, state)
                order by id
                limit ?""")) {
            select.setLong(1, runId);
            select.setLong(2, after);
            select.setString(3, state.map(State::word).orElse(null));
            select.setInt(4, limit);
            ResultSet row = select.executeQuery();
            List<Item> items = new ArrayList<>();
            while (row.next()) {
                items.add(read(row));
            }
            return items;
        }
    }

    private static Item read(ResultSet row) throws SQLException {
        return new Item(
                row.getLong(1), row.getLong(2), Kind.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4), row.getString(5), State.of(row.getString(6)), row.getInt(7),
                Optional.ofNullable(row.getBytes(8)).map(Digests::fromBytes), row.getLong(9),
                Optional.ofNullable(row.getString(10)), Columns.instant(row, 11));
    }
}
