-- Users whose passwords the registry keeps itself. Others may come from LDAP, OpenID Connect or a file, and have no row.
create table account (
    id              bigint generated always as identity primary key,
    name            text collate "C" not null unique,
    password_hash   text             not null, -- algorithm:iterations:salt:hash, as Jakarta Security writes it
    password_set_at timestamptz      not null default now(),
    email           text,
    description     text,
    disabled        boolean          not null default false,
    created_at      timestamptz      not null default now(),
    last_login_at   timestamptz
);

create table account_group (
    id          bigint generated always as identity primary key,
    name        text collate "C" not null unique,
    description text,
    created_at  timestamptz      not null default now()
);

create table account_group_member (
    group_id   bigint not null references account_group on delete cascade,
    account_id bigint not null references account on delete cascade,
    primary key (group_id, account_id)
);
create index account_group_member_account on account_group_member (account_id);

-- Accounts of programs. What they may do is said by rules.
create table robot (
    id           bigint generated always as identity primary key,
    name         text collate "C" not null unique,
    description  text,
    key_id       text collate "C" not null unique, -- the part of the secret that is none
    secret_hash  bytea            not null check (octet_length(secret_hash) = 32),
    created_by   text             not null,        -- such as user:alice
    created_at   timestamptz      not null default now(),
    expires_at   timestamptz,
    disabled     boolean          not null default false,
    last_used_at timestamptz
);

-- Personal access tokens: further secrets of users, wherever these come from. A token that is revoked has no row.
create table access_token (
    key_id           text collate "C" primary key, -- the part of the secret that is none
    secret_hash      bytea            not null check (octet_length(secret_hash) = 32),
    owner            text collate "C" not null,    -- name of a user
    source           text             not null,    -- which authenticator knows that user
    owner_groups     text[]           not null,    -- when the token was made, for those that cannot be asked later
    owner_credential text             not null,    -- with what the owner had logged in; no secret
    name             text collate "C" not null,
    created_at       timestamptz      not null default now(),
    expires_at       timestamptz      not null,
    last_used_at     timestamptz,
    unique (owner, name)
);

-- What a token is good for, of what its owner may do.
create table access_token_scope (
    key_id       text collate "C" not null references access_token on delete cascade,
    repositories text collate "C" not null, -- a pattern, as in access_rule
    actions      text[]           not null check (actions <> '{}' and actions <@ array ['pull', 'push', 'delete', 'admin']),
    primary key (key_id, repositories)
);
