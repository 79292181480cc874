-- While a registry is busy, events may lie in the outbox for a while. Until somebody has looked at them, each counts for
-- every endpoint that is on: more than it turns out to be, and never less.
create or replace view webhook_status as
select w.id, w.name, w.state,
       (select count(*) from webhook_delivery d where d.endpoint_id = w.id)
       + (select count(*) from webhook_outbox where w.state <> 'off') as pending,
       -- The first of each lane, and not all deliveries:
       least(
           (select min(first.created_at)
            from webhook_lane l
            cross join lateral (
                select d.created_at
                from webhook_delivery d
                where d.endpoint_id = l.endpoint_id and d.repository = l.repository
                order by d.id
                limit 1) first
            where l.endpoint_id = w.id),
           (select e.at
            from webhook_event e
            where e.id = (select min(event_id) from webhook_outbox) and w.state <> 'off')) as pending_since,
       w.received, w.failed, w.given_up,
       (select count(*) from webhook_dead_letter l where l.endpoint_id = w.id) as dead_letters,
       w.last_at, w.last_status, w.last_latency_ms
from webhook_endpoint w;
