-- Keys that tokens are signed with. One node makes them for all, in time for the next to be known before it signs.
create table signing_key (
    kid                   text collate "C" primary key, -- the thumbprint of the public key, RFC 7638
    public_key            text        not null,         -- a JWK, RFC 7517
    private_key           text,                         -- a JWK, or a JWE that holds one; gone once it does not sign
    secret_id             text collate "C",             -- names the secret that the JWE is encrypted with
    signs_from            timestamptz not null,
    signs_until           timestamptz not null,
    longest_token_seconds integer     not null,         -- of all tokens that were ever signed with it
    check (signs_from < signs_until)
);

-- Credentials that tokens are fetched with in place of a password. Only their hashes are here.
create table refresh_token (
    hash       bytea       primary key,       -- SHA-256
    subject    text collate "C" not null,     -- such as user:alice
    source     text collate "C" not null,     -- the way of logging in that knows the subject
    credential text collate "C" not null,     -- what of the subject's credentials it was given out for; may be empty
    groups     text[]      not null,          -- that the subject was in then
    limits     text,                          -- what the credential was limited to then, as JSON
    client     text        not null,          -- what the client calls itself
    created_at timestamptz not null default now(),
    used_at    timestamptz not null default now() -- to the hour
);
create index refresh_token_subject on refresh_token (subject, used_at);
create index refresh_token_used_at on refresh_token (used_at);
