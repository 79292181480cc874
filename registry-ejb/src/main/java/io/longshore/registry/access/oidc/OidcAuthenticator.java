package io.longshore.registry.access.oidc;

import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.jwt.JwtVerifier;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Accepts tokens of issuers that are trusted as passwords, with any user name: the token says who it is. Of passwords
 * that cannot be tokens it says so at once.
 */
public final class OidcAuthenticator implements Authenticator {
    static final String NAME = "oidc";

    private final List<TrustedIssuer> issuers;
    private final Clock clock;

    public OidcAuthenticator(List<TrustedIssuer> issuers, Clock clock) {
        this.issuers = List.copyOf(issuers);
        this.clock = clock;
    }

    @Override
    public Optional<Identity> authenticate(Credentials credentials) throws IOException {
        if (!(credentials instanceof Credentials.Password shown)
                || !JwtVerifier.couldBeToken(shown.password().reveal())) {
            return Optional.empty();
        }
        Optional<IOException> unknown = Optional.empty();
        for (TrustedIssuer issuer : issuers) {
            try {
                Optional<Identity> identity = issuer.authenticate(shown.password().reveal());
                if (identity.isPresent()) {
                    return identity;
                }
            } catch (IOException e) {
                unknown = Optional.of(e);
            }
        }
        if (unknown.isPresent()) {
            throw unknown.get();
        }
        return Optional.empty();
    }

    /** Empty once the token has expired, or its issuer is not trusted any more. */
    @Override
    public Optional<Identity> refresh(Identity identity) {
        return TokenCredential.parse(identity.credential())
                .filter(token -> clock.instant().isBefore(token.expiry()))
                .filter(token -> issuer(token.issuer()).isPresent())
                .map(token -> identity);
    }

    /**
     * A person who logged in with a browser is there as long as that can be done at the issuer, which is not asked; whoever
     * showed a token, such as a job, ends with it, though people can log in at the same issuer.
     */
    @Override
    public Optional<Identity> lookUp(Identity user) {
        return TokenCredential.parse(user.credential())
                .filter(TokenCredential::person)
                .flatMap(token -> issuer(token.issuer()))
                .filter(issuer -> issuer.config().client().isPresent())
                .map(issuer -> user)
                .or(() -> refresh(user));
    }

    private Optional<TrustedIssuer> issuer(String name) {
        return issuers.stream().filter(issuer -> issuer.config().name().equals(name)).findFirst();
    }

    @Override
    public String name() {
        return NAME;
    }
}
