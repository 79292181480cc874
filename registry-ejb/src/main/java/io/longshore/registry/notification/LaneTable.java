package io.longshore.registry.notification;

import io.longshore.registry.database.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** SQL of tables {@code webhook_lane} and {@code webhook_node}. */
final class LaneTable {
    /** A node that said nothing for so long is dead: others may do what it was at. */
    private static final String DEAD_AFTER = "interval '15 seconds'";

    private static final String FREE = """
            (lane.node is null
             or not exists (
                 select from webhook_node n where n.id = lane.node and n.seen_at > now() - %s))""".formatted(DEAD_AFTER);

    /** Says that the node is alive. */
    void beat(Transaction transaction, UUID node, String address) throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into webhook_node (id, address) values (?, ?)
                on conflict (id) do update set seen_at = now()""")) {
            upsert.setObject(1, node);
            upsert.setString(2, address);
            upsert.executeUpdate();
        }
    }

    /** Forgets nodes that have been dead for an hour. */
    void forgetDead(Transaction transaction) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from webhook_node where seen_at < now() - interval '1 hour'")) {
            delete.executeUpdate();
        }
    }

    /** Gives up all that the node is at, and the node with it. */
    void leave(Transaction transaction, UUID node) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                with gone as (delete from webhook_node where id = ?)
                update webhook_lane set node = null where node = ?""")) {
            update.setObject(1, node);
            update.setObject(2, node);
            update.executeUpdate();
        }
    }

    /** Takes on the lane of an endpoint that has been due for the longest time. */
    Optional<Lane> claim(Transaction transaction, long endpointId, UUID node) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update webhook_lane
                set node = ?
                where (endpoint_id, repository) = (
                    select lane.endpoint_id, lane.repository
                    from webhook_lane lane
                    where lane.endpoint_id = ? and lane.next_at <= now() and %s
                    order by lane.next_at
                    limit 1
                    for update skip locked)
                returning repository, version""".formatted(FREE))) {
            update.setObject(1, node);
            update.setLong(2, endpointId);
            ResultSet row = update.executeQuery();
            return row.next()
                    ? Optional.of(new Lane(endpointId, row.getString(1), row.getLong(2)))
                    : Optional.empty();
        }
    }

    boolean isDue(Transaction transaction, long endpointId) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select exists (
                    select from webhook_lane lane
                    where lane.endpoint_id = ? and lane.next_at <= now() and %s)""".formatted(FREE))) {
            select.setLong(1, endpointId);
            ResultSet row = select.executeQuery();
            row.next();
            return row.getBoolean(1);
        }
    }

    /**
     * Removes a lane in which nothing is left to do, unless something was added since the version that is given. Empty if
     * the lane is gone, or another node's; else the version that it has now.
     */
    OptionalLong finish(Transaction transaction, Lane lane, UUID node) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from webhook_lane
                where endpoint_id = ? and repository = ? and node = ? and version = ?""")) {
            set(delete, 1, lane, node);
            delete.setLong(4, lane.version());
            if (delete.executeUpdate() == 1) {
                return OptionalLong.empty();
            }
        }
        return version(transaction, lane, node);
    }

    private static OptionalLong version(Transaction transaction, Lane lane, UUID node) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select version from webhook_lane where endpoint_id = ? and repository = ? and node = ?""")) {
            set(select, 1, lane, node);
            ResultSet row = select.executeQuery();
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    /** Lets go of a lane; nobody takes it on before {@code wait} has passed. */
    void release(Transaction transaction, Lane lane, UUID node, Duration wait) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update webhook_lane
                set node = null, next_at = now() + make_interval(secs => ?)
                where endpoint_id = ? and repository = ? and node = ?""")) {
            update.setDouble(1, wait.toMillis() / 1000.0);
            set(update, 2, lane, node);
            update.executeUpdate();
        }
    }

    /** Lets go of all lanes of a node but these. */
    void letGo(Transaction transaction, UUID node, Collection<Lane.Key> butThese) throws SQLException {
        Connection connection = transaction.connection();
        try (PreparedStatement update = connection.prepareStatement("""
                update webhook_lane
                set node = null
                where node = ?
                  and (endpoint_id, repository) not in (
                      select endpoint_id, repository
                      from unnest(?::bigint[], ?::text[]) kept (endpoint_id, repository))""")) {
            List<Lane.Key> kept = List.copyOf(butThese);
            update.setObject(1, node);
            update.setArray(2, connection.createArrayOf("int8", kept.stream().map(Lane.Key::endpointId).toArray()));
            update.setArray(3, connection.createArrayOf("text", kept.stream().map(Lane.Key::repository).toArray()));
            update.executeUpdate();
        }
    }

    /** Makes all lanes of an endpoint due that wait. */
    void hurry(Transaction transaction, long endpointId) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update webhook_lane set next_at = now() where endpoint_id = ? and next_at > now()""")) {
            update.setLong(1, endpointId);
            update.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, int first, Lane lane, UUID node) throws SQLException {
        statement.setLong(first, lane.endpointId());
        statement.setString(first + 1, lane.repository());
        statement.setObject(first + 2, node);
    }
}
