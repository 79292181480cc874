-- What is copied from another registry to this one, or from this one to another, and when.
create table replication_rule (
    id                 bigint generated always as identity primary key,
    name               text collate "C" not null unique,
    direction          text    not null check (direction in ('pull', 'push')),
    enabled            boolean not null,
    registry           text    not null, -- host and port of the other one
    plain              boolean not null, -- whether without TLS
    insecure           boolean not null, -- whether any certificate will do
    authorities        text,             -- PEM
    secrets            text,             -- user and password, sealed
    repositories       text[]  not null, -- patterns, one of which the repository at the source must match
    repository_regexes text[]  not null, -- the same as regular expressions
    strip_prefix       text    not null, -- what the name at the source loses, and then gets, to be that at the target
    add_prefix         text    not null,
    tags               text[]  not null, -- patterns, one of which must match; none for all
    versions           text,             -- a range
    newest             integer,
    platforms          text[]  not null,
    artifact_types     text[]  not null,
    referrers          boolean not null,
    deletes            boolean not null, -- whether what is gone at the source goes at the target
    schedule           text,             -- as of cron
    time_zone          text,
    on_event           boolean not null,
    next_at            timestamptz,      -- when the schedule begins the next run
    parallel           integer not null,
    bytes_per_second   bigint,
    created_by         text    not null,
    created_at         timestamptz not null default now(),
    check ((schedule is null) = (time_zone is null) and (direction = 'push' or not on_event))
);

-- What was done for a rule, from a beginning to an end.
create table replication_run (
    id         bigint generated always as identity primary key,
    rule_id    bigint  not null references replication_rule on delete cascade,
    cause      text    not null check (cause in ('manual', 'schedule', 'event')),
    dry        boolean not null, -- whether nothing is changed
    state      text    not null default 'running' check (state in ('running', 'succeeded', 'failed', 'cancelled')),
    started_by text    not null,
    started_at timestamptz not null default now(),
    ended_at   timestamptz,
    node       text    not null, -- which began it
    -- How many tags:
    looked_at  bigint  not null default 0,
    copied     bigint  not null default 0,
    skipped    bigint  not null default 0,
    deleted    bigint  not null default 0,
    failed     bigint  not null default 0, -- and repositories that could not be listed
    bytes      bigint  not null default 0, -- that were moved
    error      text    -- the first
);
-- Of a rule, one run that looks at everything, and one for what happens.
create unique index replication_run_active on replication_run (rule_id, (cause = 'event')) where state = 'running';
create index replication_run_rule on replication_run (rule_id, id);
create index replication_run_ended on replication_run (ended_at);

-- What is to be done in a run, and what was done. Of what is there and needs nothing, nothing is kept.
create table replication_item (
    id         bigint generated always as identity primary key,
    run_id     bigint  not null references replication_run on delete cascade,
    rule_id    bigint  not null, -- that of the run
    kind       text    not null check (kind in ('catalog', 'repository', 'copy', 'delete')),
    repository text collate "C" not null, -- at the source; empty for the catalog
    tag        text collate "C" not null, -- empty for a catalog or a repository
    state      text    not null default 'waiting'
               check (state in ('waiting', 'running', 'copied', 'deleted', 'failed')),
    due_at     timestamptz not null default now(), -- it is not begun before
    attempts   integer not null default 0,
    node       uuid,    -- which is at it
    digest     digest,  -- what the tag names at the target then
    bytes      bigint  not null default 0,
    error      text,
    ended_at   timestamptz
);
create unique index replication_item_waiting on replication_item (run_id, kind, repository, tag)
    where state = 'waiting';
create index replication_item_open on replication_item (run_id, id) where state in ('waiting', 'running');
create index replication_item_running on replication_item (rule_id) where state = 'running';
create index replication_item_run on replication_item (run_id, id);

-- What a rule has copied, and as what: what is not here is not the rule's to delete.
create table replication_tag (
    rule_id       bigint not null references replication_rule on delete cascade,
    repository    text collate "C" not null, -- at the source
    tag           text collate "C" not null,
    source_digest digest not null,
    target_digest digest not null, -- another one if some platforms were left out
    copied_at     timestamptz not null default now(),
    primary key (rule_id, repository, tag)
);

-- What happened in repositories that a rule copies from on such events, until somebody has looked at it.
create table replication_change (
    id         bigint generated always as identity primary key,
    action     text collate "C" not null, -- such as manifest.push
    repository text collate "C" not null,
    tag        text collate "C",
    digest     digest
);

-- Nodes that copy, and when they last said so.
create table replication_node (
    id      uuid primary key,
    address text not null,
    seen_at timestamptz not null default now()
);
