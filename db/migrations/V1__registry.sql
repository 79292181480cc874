-- What the registry knows. docs/data-model.md explains each table; the names are those of the OCI specifications.

-- A digest in its compact form: one byte for the algorithm (1 sha256, 2 sha512), then the hash.
create domain digest as bytea
    check ((octet_length(value) = 33 and get_byte(value, 0) = 1) or (octet_length(value) = 65 and get_byte(value, 0) = 2));

-- The form that people read: sha256:4e07…
create function digest_text(value digest) returns text
    language sql immutable strict parallel safe
    return case get_byte(value, 0) when 1 then 'sha256:' else 'sha512:' end || encode(substr(value, 2), 'hex');

-- And back, for questions: where blob.digest = digest_of('sha256:4e07…')
create function digest_of(value text) returns digest
    language sql immutable strict parallel safe
    return case split_part(value, ':', 1) when 'sha256' then '\x01'::bytea when 'sha512' then '\x02'::bytea end
        || decode(split_part(value, ':', 2), 'hex');

create table repository (
    id         bigint generated always as identity primary key,
    name       text collate "C" not null unique,
    created_at timestamptz      not null default now()
);

-- Bytes that lie in the storage, once for the whole registry.
create table blob (
    id         bigint generated always as identity primary key,
    digest     digest      not null unique,
    size_bytes bigint      not null check (size_bytes >= 0),
    created_at timestamptz not null default now()
);

-- A blob belongs to a repository: pushed there or mounted.
create table link (
    repository_id bigint      not null references repository,
    blob_id       bigint      not null references blob,
    created_at    timestamptz not null default now(),
    primary key (repository_id, blob_id)
);
-- Both ids: a blob may be in every repository.
create index link_blob on link (blob_id, repository_id);

create table manifest (
    id            bigint generated always as identity primary key,
    repository_id bigint      not null references repository,
    digest        digest      not null,
    media_type    text        not null,
    artifact_type text,
    subject       digest, -- of a manifest that need not be there
    annotations   jsonb,
    content       bytea   not null,
    created_at    timestamptz not null default now(),
    unique (repository_id, digest),
    unique (repository_id, id)
);
-- Bytes are served as they lie: compressing small JSON costs more than it saves.
alter table manifest alter column content set storage external;
create index manifest_referrers on manifest (repository_id, subject, digest) where subject is not null;

-- A manifest needs a blob of its repository: its config (position 0) or a layer (1, 2, …).
create table manifest_blob (
    manifest_id   bigint   not null references manifest on delete cascade,
    position      integer  not null,
    repository_id bigint   not null,
    blob_id       bigint   not null,
    primary key (manifest_id, position),
    foreign key (repository_id, blob_id) references link
);
create index manifest_blob_link on manifest_blob (repository_id, blob_id);

-- An index lists a manifest of its repository, which may come later and go earlier: by digest, not by row, so that
-- nothing has to be kept up to date when it does.
create table manifest_child (
    manifest_id   bigint  not null references manifest on delete cascade,
    position      integer not null,
    repository_id bigint  not null,
    digest        digest  not null,
    primary key (manifest_id, position)
);
create index manifest_child_digest on manifest_child (repository_id, digest);

create table tag (
    repository_id bigint           not null references repository,
    name          text collate "C" not null,
    manifest_id   bigint           not null,
    updated_at    timestamptz      not null default clock_timestamp(),
    primary key (repository_id, name),
    foreign key (repository_id, manifest_id) references manifest (repository_id, id)
);
create index tag_manifest on tag (repository_id, manifest_id);

-- What a tag named before it moved or went.
create table tag_history (
    id            bigint generated always as identity primary key,
    repository_id bigint           not null references repository,
    name          text collate "C" not null,
    digest        digest           not null,
    valid_from    timestamptz      not null,
    valid_until   timestamptz      not null,
    check (valid_from <= valid_until)
);
create index tag_history_tag on tag_history (repository_id, name, valid_until);

-- The times of a tag are those of its changes, read while its row is locked. A transaction that began earlier may
-- change it later, and clocks are set back: what follows never begins before what it replaces.
create function date_tag_move() returns trigger
    language plpgsql as
$$
begin
    new.updated_at = greatest(clock_timestamp(), old.updated_at);
    return new;
end
$$;

create trigger tag_move_dated
    before update of manifest_id on tag
    for each row when (old.manifest_id <> new.manifest_id)
execute function date_tag_move();

-- A tag that comes back may have waited for the one of its name to go, after its own time was read.
create function date_tag_return() returns trigger
    language plpgsql as
$$
begin
    update tag t
    set updated_at = h.ended_at
    from (select max(valid_until) as ended_at
          from tag_history
          where repository_id = new.repository_id and name = new.name) h
    where t.repository_id = new.repository_id and t.name = new.name and t.updated_at < h.ended_at;
    return null;
end
$$;

create trigger tag_return_dated
    after insert on tag
    for each row
execute function date_tag_return();

-- A trigger, so that no way of changing a tag can forget it.
create function keep_tag_history() returns trigger
    language plpgsql as
$$
begin
    insert into tag_history (repository_id, name, digest, valid_from, valid_until)
    select old.repository_id, old.name, m.digest, old.updated_at,
           coalesce(new.updated_at, greatest(clock_timestamp(), old.updated_at)) -- there is no new row if it goes
    from manifest m
    where m.id = old.manifest_id;
    return null;
end
$$;

create trigger tag_moves
    after update of manifest_id on tag
    for each row when (old.manifest_id <> new.manifest_id)
execute function keep_tag_history();

create trigger tag_goes
    after delete on tag
    for each row
execute function keep_tag_history();

-- Tags go before their manifest does, while its digest can still be read.
create function delete_tags_of_manifest() returns trigger
    language plpgsql as
$$
begin
    delete from tag where repository_id = old.repository_id and manifest_id = old.id;
    return old;
end
$$;

create trigger manifest_goes
    before delete on manifest
    for each row
execute function delete_tags_of_manifest();

-- An upload that is not finished. The repository may not exist yet, and never will if the upload is given up.
create table upload_session (
    id              uuid primary key,
    repository_name text collate "C" not null,
    owner           text             not null, -- who began it, and alone may go on: such as user:alice
    algorithm       text             not null check (algorithm in ('sha256', 'sha512')),
    size_bytes      bigint           not null default 0 check (size_bytes >= 0), -- acknowledged
    stage           text,                                                       -- the driver's name of where they lie
    started_at      timestamptz      not null default now(),
    updated_at      timestamptz      not null default now()
);
create index upload_session_age on upload_session (updated_at);
