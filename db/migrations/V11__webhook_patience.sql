-- An event is given up after it was tried for long. What nobody tried, or was changed since, does not count.
alter table webhook_endpoint
    add column tried_since timestamptz not null default now(), -- when it was made, changed or resumed, or was tended again
    add column tended_at   timestamptz not null default now(), -- when a node last said that it tells it what happens
    add column urged_at    timestamptz;                        -- when somebody last asked that it be tried at once
alter table webhook_lane
    add column failing_since timestamptz;                      -- the first failure after whatever was received
