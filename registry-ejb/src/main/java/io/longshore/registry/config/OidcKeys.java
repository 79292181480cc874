package io.longshore.registry.config;

import java.util.List;

/** The key {@code auth.oidc}. */
final class OidcKeys {
    static final KeyTable TABLE = new KeyTable();

    static final Key<List<OidcConfig>> ISSUERS = TABLE.add("auth.oidc",
            new ValueType<>("list of issuers", ValueType.Shape.PRESENCE, OidcIssuers::parse), "",
            "Issuers of OpenID Connect whose tokens are accepted as passwords, and where people can log in: see"
                    + " [authentication](authentication.md#oidc-and-workload-identity).");

    private OidcKeys() {}
}
