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
