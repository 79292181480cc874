-- Who did what, written in the transaction that did it. Rows are never changed, and go when they are old.
create table audit_event (
    id         bigint generated always as identity primary key,
    at         timestamptz not null default clock_timestamp(),
    act        text        not null, -- such as manifest.push
    actor      text        not null, -- such as user:alice
    address    text,                 -- where the request came from
    repository text collate "C",
    reference  text collate "C",     -- a tag, or what an administrative act was about
    digest     digest,
    detail     text
);
-- Rows come in the order of their time, so that an index of blocks is enough for it.
create index audit_event_at on audit_event using brin (at);
create index audit_event_repository on audit_event (repository, id) where repository is not null;
create index audit_event_actor on audit_event (actor, id);

-- Who waited for a tag to move cannot see the manifest that it names now, if that came later than the statement began.
-- This does: "volatile" looks anew.
create function manifest_digest(manifest_id bigint) returns digest
    language sql volatile strict
    return (select digest from manifest where id = manifest_id);
