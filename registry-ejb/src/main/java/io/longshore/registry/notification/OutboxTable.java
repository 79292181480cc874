package io.longshore.registry.notification;

import io.longshore.registry.database.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** SQL that finds out for each event in the outbox who is to be told. */
final class OutboxTable {
    /**
     * Of all nodes one at a time: the order of the deliveries is that of the events. The database ends the transaction of
     * a node that was cut off, or hangs, in the middle of it; and nobody waits forever for whatever else there may be.
     */
    private static final String LOCK = """
            select set_config('idle_in_transaction_session_timeout', '5s', true),
                   set_config('lock_timeout', '10s', true),
                   pg_advisory_xact_lock(hashtextextended('longshore webhooks', 0))""";

    /** Whether an endpoint {@code w} is told such events as {@code e}. */
    static final String WANTS = """
            e.action = any (w.actions)
            and (e.media_type is null or e.media_type <> all (w.ignored_media_types))
            and (e.repository is null or e.repository ~ any (w.repository_regexes))
            """;

    /**
     * Makes lanes of the rows of {@code delivered}. The version of a lane is raised by "do update", which waits for whoever
     * is about to remove the lane because nothing is left to do.
     */
    static final String ADD_LANES = """
            insert into webhook_lane as lane (endpoint_id, repository)
            select distinct endpoint_id, repository from delivered order by endpoint_id, repository
            on conflict (endpoint_id, repository) do update set version = lane.version + 1
            """;

    private static final String QUEUE = """
            with batch as (
                delete from webhook_outbox
                where event_id = any (array(select event_id from webhook_outbox order by event_id limit ?))
                returning event_id),
            delivered as (
                insert into webhook_delivery (endpoint_id, event_id, repository)
                select w.id, e.id, coalesce(e.repository, '')
                from batch
                cross join lateral (select * from webhook_event where id = batch.event_id limit 1) e
                join webhook_endpoint w
                  on w.state <> 'off' and e.id > w.told_after and %s
                order by e.id
                returning endpoint_id, repository),
            lanes as (
                %s
                returning endpoint_id)
            select null::bigint, count(*) from batch
            union all
            select endpoint_id, count(*) from delivered group by endpoint_id""".formatted(WANTS, ADD_LANES);

    /** What was taken out of the outbox: how many events, and who is to be told of how many. */
    record Queued(long events, Map<Long, Long> endpoints) {}

    Queued queue(Transaction transaction, int limit) throws SQLException {
        try (PreparedStatement lock = transaction.connection().prepareStatement(LOCK)) {
            lock.execute();
        }
        // A statement of its own: it sees what was committed before the lock was had.
        try (PreparedStatement queue = transaction.connection().prepareStatement(QUEUE)) {
            queue.setInt(1, limit);
            ResultSet row = queue.executeQuery();
            long events = 0;
            Map<Long, Long> endpoints = new HashMap<>();
            while (row.next()) {
                long endpoint = row.getLong(1);
                if (row.wasNull()) {
                    events = row.getLong(2);
                } else {
                    endpoints.put(endpoint, row.getLong(2));
                }
            }
            return new Queued(events, endpoints);
        }
    }

    boolean isEmpty(Transaction transaction) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select not exists (select from webhook_outbox)")) {
            ResultSet row = select.executeQuery();
            row.next();
            return row.getBoolean(1);
        }
    }
}
