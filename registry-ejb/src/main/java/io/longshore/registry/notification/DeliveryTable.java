package io.longshore.registry.notification;

import io.longshore.registry.database.Transaction;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;

/** SQL of tables {@code webhook_delivery}, {@code webhook_attempt} and {@code webhook_dead_letter}. */
final class DeliveryTable {
    /** Without waiting for the disk: what is lost in a power failure is told again. */
    private static final String RECEIVED = statement("""
            delete from webhook_delivery d using told where d.id = told.id returning d.*""",
            "received", lane("null", "not null"), """
            insert into webhook_attempt (endpoint_id, event_id, received, status, latency_ms, detail)
            select done.endpoint_id, done.event_id, true, told.status, told.latency_ms, nullif(told.detail, '')
            from done join told using (id), (select set_config('synchronous_commit', 'off', true)) unhurried
            order by id""");

    private static final String FAILED = statement("""
            update webhook_delivery d set attempts = attempts + 1 from told where d.id = told.id returning d.*""",
            "failed", lane("now()", "null"), """
            insert into webhook_attempt (endpoint_id, event_id, received, status, latency_ms, detail)
            select done.endpoint_id, done.event_id, false, told.status, told.latency_ms, nullif(told.detail, '')
            from done join told using (id)
            order by id""");

    /** Neither what is young, nor what waited behind what was received, nor what nobody tried to tell. */
    private static final String GIVEN_UP = statement("""
            delete from webhook_delivery d
            using told, lane
            join webhook_lane l using (endpoint_id, repository)
            join webhook_endpoint w on w.id = lane.endpoint_id
            where d.id = told.id
              and greatest(d.created_at, l.failing_since, w.tried_since) <= now() - make_interval(secs => ?)
            returning d.*""",
            "given_up", "", """
            insert into webhook_dead_letter (endpoint_id, event_id, repository, attempts, status, detail)
            select done.endpoint_id, done.event_id, done.repository, done.attempts, told.status, nullif(told.detail, '')
            from done join told using (id)
            order by id""");

    /** A node that was taken for dead must not say what became of deliveries that are another's now. */
    private static String statement(String done, String counter, String lane, String record) {
        return """
                with lane (endpoint_id, repository, node) as (values (?::bigint, ?, ?::uuid)),
                told as (
                    select * from unnest(?::bigint[], ?::integer[], ?::integer[], ?::text[])
                        t (id, status, latency_ms, detail)
                    where exists (select from webhook_lane join lane using (endpoint_id, repository, node))),
                done as (%1$s),
                counted as (
                    update webhook_endpoint w
                    set %2$s = w.%2$s + (select count(*) from done), last_at = now(),
                        last_status = last.status, last_latency_ms = last.latency_ms
                    from lane, (select status, latency_ms from told order by id desc limit 1) last
                    where w.id = lane.endpoint_id and exists (select from done)
                    returning w.id)
                %3$s
                %4$s""".formatted(done, counter, lane, record);
    }

    /** After the endpoint: whoever changes an endpoint locks it before its lanes. */
    private static String lane(String failingSince, String before) {
        return """
                , noted as (
                    update webhook_lane l
                    set failing_since = %s
                    from lane, (select count(*) from counted) first
                    where (l.endpoint_id, l.repository, l.node) = (lane.endpoint_id, lane.repository, lane.node)
                      and l.failing_since is %s)""".formatted(failingSince, before);
    }

    /** The first in a lane; none if it is not the node's. */
    List<Delivery> first(Transaction transaction, Lane lane, UUID node, int limit) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select d.id, d.attempts, %s
                from webhook_delivery d
                join webhook_event e on e.id = d.event_id
                where d.endpoint_id = ? and d.repository = ?
                  and exists (
                      select from webhook_lane l
                      where l.endpoint_id = d.endpoint_id and l.repository = d.repository and l.node = ?)
                order by d.id
                limit ?""".formatted(EventRowTable.COLUMNS))) {
            select.setLong(1, lane.endpointId());
            select.setString(2, lane.repository());
            select.setObject(3, node);
            select.setInt(4, limit);
            ResultSet row = select.executeQuery();
            List<Delivery> found = new ArrayList<>();
            while (row.next()) {
                found.add(new Delivery(row.getLong(1), EventRowTable.read(row, 3), row.getInt(2)));
            }
            return found;
        }
    }

    /** Notes that these were received. Whether they were still the node's to tell. */
    boolean received(Transaction transaction, Lane lane, UUID node, List<Told> told) throws SQLException {
        return record(transaction, RECEIVED, lane, node, told) > 0;
    }

    /** Notes that these could not be told. Whether they were still the node's to tell. */
    boolean failed(Transaction transaction, Lane lane, UUID node, List<Told> told) throws SQLException {
        return record(transaction, FAILED, lane, node, told) > 0;
    }

    /** Makes dead letters of those of these that have been tried for so long. How many. */
    int giveUp(Transaction transaction, Lane lane, UUID node, List<Told> told, Duration after) throws SQLException {
        return record(transaction, GIVEN_UP, lane, node, told, after.toMillis() / 1000.0);
    }

    /** What came of an attempt to make one delivery. */
    record Told(long id, Answer answer) {}

    /** @param more parameters of the statement */
    private static int record(
            Transaction transaction, String sql, Lane lane, UUID node, List<Told> told, double... more)
            throws SQLException {
        Connection connection = transaction.connection();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, lane.endpointId());
            statement.setString(2, lane.repository());
            statement.setObject(3, node);
            statement.setArray(4, array(connection, "int8", told, Told::id));
            statement.setArray(5, array(connection, "int4", told, one -> {
                OptionalInt status = one.answer().status();
                return status.isPresent() ? status.getAsInt() : null;
            }));
            statement.setArray(6, array(connection, "int4", told, one -> (int) one.answer().latency().toMillis()));
            statement.setArray(7, array(connection, "text", told, one -> one.answer().detail()));
            for (int i = 0; i < more.length; i++) {
                statement.setDouble(8 + i, more[i]);
            }
            return statement.executeUpdate();
        }
    }

    private static Array array(Connection connection, String type, List<Told> told, Function<Told, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, told.stream().map(value).toArray());
    }
}
