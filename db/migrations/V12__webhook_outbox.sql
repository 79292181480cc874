-- What nobody has looked at yet, by a table of its own: a mark in the event had every event written twice, with all its
-- index entries. No foreign key, which would read each event while it is written: both are written by one statement.
create table webhook_outbox (
    event_id bigint primary key -- of webhook_event
) with (
    -- Whoever looks for the first has to pass what was removed until vacuum has been there.
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_cost_delay = 0
);
insert into webhook_outbox select id from webhook_event where not queued;
drop index webhook_event_outbox;
alter table webhook_event drop column queued;
