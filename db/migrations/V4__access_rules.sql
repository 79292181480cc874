-- Who may do what, beside what the configuration says.
create table access_rule (
    id           bigint generated always as identity primary key,
    subject_kind text             not null check (subject_kind in ('user', 'group', 'robot', 'anonymous', 'authenticated')),
    subject_name text             not null, -- empty for the last two
    repositories text collate "C" not null, -- a pattern: * within a component, ** across them
    actions      text[]           not null check (actions <> '{}' and actions <@ array ['pull', 'push', 'delete', 'admin']),
    created_by   text             not null,
    created_at   timestamptz      not null default now(),
    unique (subject_kind, subject_name, repositories),
    check ((subject_name = '') = (subject_kind in ('anonymous', 'authenticated')))
);

-- Whether writes are refused at present, in one row.
create table read_only_mode (
    only_row   boolean primary key default true check (only_row),
    enabled    boolean     not null,
    message    text        not null,
    changed_by text        not null,
    changed_at timestamptz not null default now()
);
insert into read_only_mode (enabled, message, changed_by) values (false, '', 'registry');

-- Counts the changes of what nodes keep in memory, in one row: a node that has seen this version has seen them all.
create table access_version (
    only_row boolean primary key default true check (only_row),
    version  bigint not null
);
insert into access_version (version) values (1);

create function count_access_change() returns trigger
    language plpgsql as
$$
begin
    update access_version set version = version + 1;
    return null;
end
$$;

-- By statement, and on truncate too, so that no way of changing a table can forget it.
create trigger access_rule_counted
    after insert or update or delete or truncate on access_rule
    for each statement
execute function count_access_change();

create trigger read_only_mode_counted
    after insert or update or delete or truncate on read_only_mode
    for each statement
execute function count_access_change();
