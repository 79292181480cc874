-- Who did what, written in the transaction that did it. Rows are never changed, and go when they are old.
create table audit_event (
    id         bigint generated always as identity primary key,
    at         timestamptz not null default clock_timestamp(),
    act        text collate "C" not null, -- such as manifest.push
    actor      text collate "C" not null, -- such as user:alice
    address    text,                 -- where the request came from
    repository text collate "C",
    reference  text collate "C",     -- a tag, or what an administrative act was about
    digest     digest,
    detail     text
);
create index audit_event_at on audit_event (at);
create index audit_event_repository on audit_event (repository, at) where repository is not null;
create index audit_event_actor on audit_event (actor, at);
-- Whatever is asked for here has few rows, or is found soon in the order of time: so these do without the time, which
-- makes them a tenth as large.
create index audit_event_act on audit_event (act);
create index audit_event_address on audit_event (address);

-- Who waited for a tag to move cannot see the manifest that it names now, if that came later than the statement began.
-- This does: "volatile" looks anew.
create function manifest_digest(manifest_id bigint) returns digest
    language sql volatile strict
    return (select digest from manifest where id = manifest_id);
