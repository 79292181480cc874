package io.longshore.registry.access.oidc;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The issuers whose tokens are believed, and those of them at which people can log in. Thread-safe. */
public final class TrustedIssuers {
    private final List<TrustedIssuer> all;
    private final Clock clock;

    public TrustedIssuers(List<TrustedIssuer> all, Clock clock) {
        this.all = List.copyOf(all);
        this.clock = clock;
    }

    public List<TrustedIssuer> all() {
        return all;
    }

    /** The names of those at which people can log in with a browser, in the order in which they are configured. */
    public List<String> browserLogins() {
        return all.stream()
                .filter(issuer -> issuer.config().client().isPresent())
                .map(issuer -> issuer.config().name())
                .toList();
    }

    /**
     * The way to log in at an issuer with a browser; empty if there is none.
     *
     * @param name of the issuer in the configuration
     * @param callback where it sends browsers back to, as it is registered there
     */
    public Optional<OidcLogin> browserLogin(String name, URI callback) {
        return all.stream()
                .filter(issuer -> issuer.config().name().equals(name) && issuer.config().client().isPresent())
                .map(issuer -> new OidcLogin(issuer, callback, clock))
                .findFirst();
    }
}
