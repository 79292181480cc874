-- An event is given up after it was tried for long: what nobody tried, or was changed since, does not count. And an
-- endpoint is told nothing that happened before it was made.
alter table webhook_endpoint
    add column tried_since timestamptz not null default now(), -- when it was made, changed or resumed, or was tended again
    add column tended_at   timestamptz not null default now(), -- when a node last said that it tells it what happens
    add column urged_at    timestamptz,                        -- when somebody last asked that it be tried at once
    add column told_after  bigint not null default 0;          -- the last event before it was made or switched on
alter table webhook_lane
    add column failing_since timestamptz;                      -- the first failure after whatever was received
