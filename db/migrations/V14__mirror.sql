-- Registries whose content is had here, too: fetched when somebody asks for it, and kept.
create table mirror_upstream (
    id                  bigint generated always as identity primary key,
    name                text collate "C" not null unique,
    configured          boolean not null, -- by the configuration of a node, and not by the administration API
    -- Null where the configuration says it:
    url                 text,
    prefix              text collate "C",  -- before the names of its repositories here; empty for nothing
    namespaces          text[],            -- such as docker.io
    repositories        text[],            -- patterns of names there, one of which must match
    tag_lifetime_ms     bigint,
    unused_ms           bigint,            -- what nobody has pulled for so long is removed; null for never
    most_bytes          bigint,            -- no more bytes of blobs are kept; null for any number
    connections         integer,
    requests_per_second integer,           -- null for any number
    pushable            boolean,
    insecure            boolean,           -- whether any certificate will do
    authorities         text,              -- PEM
    secrets             text,              -- user, password, client certificate and key, sealed
    created_by          text    not null,
    created_at          timestamptz not null default now(),
    check (configured or url is not null and prefix is not null and namespaces is not null
        and repositories is not null and tag_lifetime_ms is not null and connections is not null
        and pushable is not null and insecure is not null and secrets is not null)
);

-- What was fetched from an upstream, and when it was last pulled. What was pushed to the same repository is not here.
create table mirror_content (
    repository_id bigint      not null references repository on delete cascade,
    digest        digest      not null,
    upstream_id   bigint      not null references mirror_upstream on delete cascade,
    is_manifest   boolean     not null,
    size_bytes    bigint      not null check (size_bytes >= 0),
    fetched_at    timestamptz not null default now(),
    pulled_at     timestamptz not null default now(),
    primary key (repository_id, digest, is_manifest)
);
create index mirror_content_age on mirror_content (upstream_id, pulled_at);

-- Tags that were fetched from an upstream. A tag that names another manifest than this was pushed since.
create table mirror_tag (
    repository_id bigint           not null references repository on delete cascade,
    name          text collate "C" not null,
    digest        digest           not null,
    checked_at    timestamptz      not null default now(), -- when the upstream was last asked what it names
    primary key (repository_id, name)
);

-- A manifest that was fetched needs a blob that was not, or has gone since. Once it is fetched, this becomes a row of
-- manifest_blob.
create table manifest_absent_blob (
    manifest_id   bigint  not null references manifest on delete cascade,
    position      integer not null,
    repository_id bigint  not null,
    digest        digest  not null,
    size_bytes    bigint  not null check (size_bytes >= 0),
    primary key (manifest_id, position)
);
create index manifest_absent_blob_digest on manifest_absent_blob (repository_id, digest);

-- What an upstream says that refers to a manifest.
create table mirror_referrers (
    repository_id bigint      not null references repository on delete cascade,
    subject       digest      not null,
    content       text        not null, -- an index, as JSON
    checked_at    timestamptz not null default now(),
    primary key (repository_id, subject)
);

-- What the mirror of an upstream has given and saved, by day (UTC).
create table mirror_traffic (
    upstream_id   bigint not null references mirror_upstream on delete cascade,
    day           date   not null,
    hits          bigint not null, -- pulls of what was here
    misses        bigint not null, -- pulls of what was not
    stale         bigint not null, -- hits that may have been out of date, as the upstream could not say
    served_bytes  bigint not null, -- of blobs and manifests, to clients
    fetched_bytes bigint not null, -- from the upstream
    requests      bigint not null, -- to the upstream
    errors        bigint not null, -- how many of them were refused or failed; that something is not there is no error
    waited_ms     bigint not null, -- until the answers began
    primary key (upstream_id, day)
);

create view mirror_status as
select u.id,
       u.name,
       u.configured,
       c.manifests,
       c.blobs,
       c.blob_bytes,
       c.last_pulled_at,
       t.hits,
       t.misses,
       t.stale,
       t.served_bytes,
       t.fetched_bytes,
       t.requests,
       t.errors,
       t.waited_ms
from mirror_upstream u
cross join lateral (
    select count(*) filter (where is_manifest)                as manifests,
           count(*) filter (where not is_manifest)            as blobs,
           coalesce(sum(size_bytes) filter (where not is_manifest), 0)::bigint as blob_bytes,
           max(pulled_at)                                     as last_pulled_at
    from (select digest, is_manifest, max(size_bytes) as size_bytes, max(pulled_at) as pulled_at
          from mirror_content
          where upstream_id = u.id
          group by digest, is_manifest) once) c
cross join lateral (
    select coalesce(sum(hits), 0)::bigint          as hits,
           coalesce(sum(misses), 0)::bigint        as misses,
           coalesce(sum(stale), 0)::bigint         as stale,
           coalesce(sum(served_bytes), 0)::bigint  as served_bytes,
           coalesce(sum(fetched_bytes), 0)::bigint as fetched_bytes,
           coalesce(sum(requests), 0)::bigint      as requests,
           coalesce(sum(errors), 0)::bigint        as errors,
           coalesce(sum(waited_ms), 0)::bigint     as waited_ms
    from mirror_traffic
    where upstream_id = u.id) t;

-- Blobs that a repository has lost and that may belong to none, on their way out of the storage; and for a while those
-- that have gone, for whoever pushes the same bytes at that moment.
create table blob_reclaim (
    digest       digest primary key,
    since        timestamptz not null default now(),  -- when a repository lost it
    is_going     boolean     not null default false,  -- its row in blob is gone, and its bytes go
    gone_at      timestamptz,                         -- when they were gone
    check (gone_at is null or is_going)
);
-- Of whoever makes a row in blob, whose bytes may go at this moment or have gone lately: "seen" is the removal after which
-- they were found to be there. "volatile" looks anew, after the row is locked.
create function refuse_reclaimed(wanted digest, seen timestamptz) returns void
    language plpgsql volatile as
$$
begin
    if exists (select from blob_reclaim r
               where r.digest = wanted and r.is_going and (r.gone_at is null or r.gone_at is distinct from seen)) then
        raise exception 'the bytes of % are being removed, or were lately', digest_text(wanted) using errcode = 'LS001';
    end if;
end
$$;

create index blob_reclaim_since on blob_reclaim (since) where gone_at is null;
