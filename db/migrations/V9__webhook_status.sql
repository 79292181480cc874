-- How each endpoint is doing. What is not asked for costs nothing; the count of what is pending costs most.
create view webhook_status as
select w.id, w.name, w.state,
       (select count(*) from webhook_delivery d where d.endpoint_id = w.id) as pending,
       -- The first of each lane, and not all deliveries:
       (select min(first.created_at)
        from webhook_lane l
        cross join lateral (
            select d.created_at
            from webhook_delivery d
            where d.endpoint_id = l.endpoint_id and d.repository = l.repository
            order by d.id
            limit 1) first
        where l.endpoint_id = w.id) as pending_since,
       w.received, w.failed, w.given_up,
       (select count(*) from webhook_dead_letter l where l.endpoint_id = w.id) as dead_letters,
       w.last_at, w.last_status, w.last_latency_ms
from webhook_endpoint w;
