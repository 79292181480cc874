package io.longshore.registry.notification;

import io.longshore.registry.database.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** SQL that reads, repeats and forgets what was told or could not be told. */
final class ReplayTable {
    /** Follows a query {@code again} of an endpoint's id and the ids and repositories of events. */
    private static final String DELIVER = """
            , delivered as (
                insert into webhook_delivery (endpoint_id, event_id, repository)
                select endpoint_id, event_id, repository from again order by event_id
                returning endpoint_id, repository),
            lanes as (
                %s)
            select count(*) from delivered""".formatted(OutboxTable.ADD_LANES);

    /** Whether nobody is still to be told an event {@code e}, or could not be. */
    private static final String TOLD = """
            not exists (select from webhook_delivery d where d.event_id = e.id)
            and not exists (select from webhook_dead_letter l where l.event_id = e.id)
            """;

    int deadLetters(Transaction transaction, long endpointId) throws SQLException {
        try (PreparedStatement statement = transaction.connection().prepareStatement("""
                with again as (
                    delete from webhook_dead_letter
                    where endpoint_id = ?
                    returning endpoint_id, event_id, repository)
                """ + DELIVER)) {
            statement.setLong(1, endpointId);
            return count(statement);
        }
    }

    /** Passes by those that are being removed, and keeps the others from it. */
    int events(Transaction transaction, long endpointId, EventSelection events) throws SQLException {
        try (PreparedStatement statement = transaction.connection().prepareStatement("""
                with again as (
                    select w.id as endpoint_id, e.id as event_id, coalesce(e.repository, '') as repository
                    from webhook_endpoint w
                    join webhook_event e
                      on not exists (select from webhook_outbox o where o.event_id = e.id) and %s
                    where w.id = ?
                      and (? or e.event_id = any (?::uuid[]))
                      and e.at >= coalesce(?, '-infinity'::timestamptz)
                      and e.at < coalesce(?, 'infinity'::timestamptz)
                    for key share of e skip locked)
                """.formatted(OutboxTable.WANTS) + DELIVER)) {
            statement.setLong(1, endpointId);
            statement.setBoolean(2, events.ids().isEmpty());
            statement.setArray(3, transaction.connection().createArrayOf("uuid", events.ids().toArray()));
            statement.setObject(4, utc(events.from()));
            statement.setObject(5, utc(events.until()));
            return count(statement);
        }
    }

    private static OffsetDateTime utc(Optional<Instant> time) {
        return time.map(known -> known.atOffset(ZoneOffset.UTC)).orElse(null);
    }

    private static int count(PreparedStatement statement) throws SQLException {
        ResultSet row = statement.executeQuery();
        row.next();
        return row.getInt(1);
    }

    int discard(Transaction transaction, long endpointId) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from webhook_dead_letter where endpoint_id = ?")) {
            delete.setLong(1, endpointId);
            return delete.executeUpdate();
        }
    }

    List<DeadLetter> list(Transaction transaction, long endpointId, long last, int limit) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select l.id, l.attempts, l.given_up_at, l.status, l.detail, %s
                from webhook_dead_letter l
                join webhook_event e on e.id = l.event_id
                where l.endpoint_id = ? and l.id > ?
                order by l.id
                limit ?""".formatted(EventRowTable.COLUMNS))) {
            select.setLong(1, endpointId);
            select.setLong(2, last);
            select.setInt(3, limit);
            ResultSet row = select.executeQuery();
            List<DeadLetter> found = new ArrayList<>();
            while (row.next()) {
                int status = row.getInt(4);
                found.add(new DeadLetter(
                        row.getLong(1), EventRowTable.read(row, 6), row.getInt(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                        Optional.ofNullable(row.getString(5)).orElse("")));
            }
            return found;
        }
    }

    /** The newest first. */
    List<Attempt> attempts(Transaction transaction, long endpointId, long before, int limit) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select a.id, e.event_id, a.at, a.received, a.latency_ms, a.detail, a.status
                from webhook_attempt a
                left join webhook_event e on e.id = a.event_id
                where a.endpoint_id = ? and a.id < ?
                order by a.id desc
                limit ?""")) {
            select.setLong(1, endpointId);
            select.setLong(2, before);
            select.setInt(3, limit);
            ResultSet row = select.executeQuery();
            List<Attempt> found = new ArrayList<>();
            while (row.next()) {
                int status = row.getInt(7);
                found.add(new Attempt(
                        row.getLong(1), Optional.ofNullable(row.getObject(2, UUID.class)),
                        row.getObject(3, OffsetDateTime.class).toInstant(), row.getBoolean(4),
                        status == 0 ? OptionalInt.empty() : OptionalInt.of(status), row.getLong(5),
                        Optional.ofNullable(row.getString(6)).orElse("")));
            }
            return found;
        }
    }

    /**
     * Removes some of what is older and was told to all who are to be told: attempts, and events, and what is still to be
     * told to those who are switched off. How many rows.
     *
     * @param limit most events to remove, and most attempts
     */
    int deleteOlderThan(Transaction transaction, double seconds, int limit) throws SQLException {
        int deleted = 0;
        for (String sql : List.of(
                """
                delete from webhook_delivery
                where id = any (array(
                    select d.id
                    from webhook_endpoint w
                    join webhook_delivery d on d.endpoint_id = w.id
                    where w.state = 'off' and d.created_at < now() - make_interval(secs => ?)
                    limit ?))""",
                """
                delete from webhook_attempt
                where id = any (array(
                    select id from webhook_attempt
                    where at < now() - make_interval(secs => ?)
                    order by at
                    limit ?
                    for update skip locked))""")) {
            try (PreparedStatement delete = transaction.connection().prepareStatement(sql)) {
                delete.setDouble(1, seconds);
                delete.setInt(2, limit);
                deleted += delete.executeUpdate();
            }
        }
        return deleted + deleteEvents(transaction, seconds, limit);
    }

    private static int deleteEvents(Transaction transaction, double seconds, int limit) throws SQLException {
        try (PreparedStatement lock = transaction.connection().prepareStatement("""
                select array(
                    select e.id from webhook_event e
                    where e.at < now() - make_interval(secs => ?)
                      and not exists (select from webhook_outbox o where o.event_id = e.id)
                      and %s
                    order by e.at
                    limit ?
                    for update skip locked)""".formatted(TOLD))) {
            lock.setDouble(1, seconds);
            lock.setInt(2, limit);
            ResultSet row = lock.executeQuery();
            row.next();
            // A statement of its own: it sees what was told again before the lock was had.
            try (PreparedStatement delete = transaction.connection().prepareStatement(
                    "delete from webhook_event e where e.id = any (?) and " + TOLD)) {
                delete.setArray(1, row.getArray(1));
                return delete.executeUpdate();
            }
        }
    }
}
