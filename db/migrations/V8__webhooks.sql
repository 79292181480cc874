-- Who is told what happens. What an endpoint of the configuration is told how, the configuration of each node says.
create table webhook_endpoint (
    id                  bigint generated always as identity primary key,
    name                text collate "C" not null unique,
    configured          boolean not null, -- by the configuration, and not by the administration API
    state               text    not null check (state in ('active', 'paused', 'off')),
    actions             text[]  not null, -- such as manifest.push
    ignored_media_types text[]  not null,
    repositories        text[]  not null, -- patterns, one of which must match
    repository_regexes  text[]  not null, -- the same as regular expressions
    -- Null where the configuration says it:
    url                 text,
    format              text check (format in ('distribution', 'cloudevents')),
    timeout_ms          bigint,
    threshold           integer,
    backoff_ms          bigint,           -- the shortest wait after a failure, and the longest
    longest_backoff_ms  bigint,
    give_up_ms          bigint,
    batch_size          integer,
    include_references  boolean,
    authorities         text,             -- PEM
    proxy               text,
    secrets             text,             -- headers and keys of signatures, sealed
    created_by          text    not null,
    created_at          timestamptz not null default now(),
    -- What came of the attempts of all time:
    received            bigint  not null default 0,
    failed              bigint  not null default 0,
    given_up            bigint  not null default 0,
    last_at             timestamptz,
    last_status         integer,          -- of HTTP; null if there was no reply
    last_latency_ms     integer,
    check (configured or url is not null and format is not null and timeout_ms is not null and threshold is not null
        and backoff_ms is not null and longest_backoff_ms is not null and give_up_ms is not null
        and batch_size is not null and include_references is not null and secrets is not null)
);

-- What happened, written in the transaction that did it: the outbox, and for a while the history.
create table webhook_event (
    id               bigint generated always as identity primary key, -- in the order of what happened to one tag
    event_id         uuid        not null default gen_random_uuid(),  -- what receivers know it by
    at               timestamptz not null default clock_timestamp(),
    action           text collate "C" not null, -- such as manifest.push
    repository       text collate "C",
    tag              text collate "C",
    digest           digest,
    media_type       text,
    size_bytes       bigint,
    from_repository  text collate "C",          -- from where a blob was mounted
    content          jsonb,                     -- what a manifest consists of, if an endpoint wants that
    actor            text collate "C" not null,
    address          text,
    request_id       text,
    host             text,
    method           text,
    user_agent       text,
    base_url         text,                      -- by which the client reached the registry
    source_address   text not null,             -- the node, and its start
    source_instance  uuid not null,
    queued           boolean not null default false -- whether it is known who is to be told
);
create index webhook_event_outbox on webhook_event (id) where not queued;
create index webhook_event_at on webhook_event (at);
create index webhook_event_event_id on webhook_event (event_id);

-- What is still to be told to whom, in this order.
create table webhook_delivery (
    id          bigint generated always as identity primary key,
    endpoint_id bigint not null references webhook_endpoint on delete cascade,
    event_id    bigint not null references webhook_event on delete cascade,
    repository  text collate "C" not null, -- empty if the event is about none
    attempts    integer not null default 0,
    created_at  timestamptz not null default now()
);
create index webhook_delivery_lane on webhook_delivery (endpoint_id, repository, id);
create index webhook_delivery_event on webhook_delivery (event_id);

-- Deliveries to one endpoint about one repository are made one after the other, by one node at a time.
create table webhook_lane (
    endpoint_id bigint not null references webhook_endpoint on delete cascade,
    repository  text collate "C" not null,
    version     bigint not null default 0, -- counts what is added: who found nothing to do looks whether that still holds
    next_at     timestamptz not null default now(),
    node        uuid,                      -- the node that is at it
    primary key (endpoint_id, repository)
);
create index webhook_lane_due on webhook_lane (endpoint_id, next_at);

-- What was given up, with the last answer, until it is sent again or removed.
create table webhook_dead_letter (
    id          bigint generated always as identity primary key,
    endpoint_id bigint not null references webhook_endpoint on delete cascade,
    event_id    bigint not null references webhook_event on delete cascade,
    repository  text collate "C" not null,
    attempts    integer not null,
    given_up_at timestamptz not null default now(),
    status      integer, -- of HTTP; null if there was no reply
    detail      text
);
create index webhook_dead_letter_endpoint on webhook_dead_letter (endpoint_id, id);
create index webhook_dead_letter_event on webhook_dead_letter (event_id);

-- What came of each attempt.
create table webhook_attempt (
    id          bigint generated always as identity primary key,
    endpoint_id bigint not null references webhook_endpoint on delete cascade,
    event_id    bigint not null, -- of webhook_event, which goes at its own time
    at          timestamptz not null default clock_timestamp(),
    received    boolean not null,
    status      integer,
    latency_ms  integer not null,
    detail      text
);
create index webhook_attempt_endpoint on webhook_attempt (endpoint_id, id);
create index webhook_attempt_at on webhook_attempt (at);

-- Nodes that send, and when they last said so.
create table webhook_node (
    id      uuid primary key,
    address text not null,
    seen_at timestamptz not null default now()
);
