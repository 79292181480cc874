package io.longshore.registry.access.oidc;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.jwt.HttpDocuments;
import io.longshore.registry.access.jwt.JwksKeys;
import io.longshore.registry.access.jwt.JwtRules;
import io.longshore.registry.access.jwt.JwtVerifier;
import io.longshore.registry.access.jwt.RemoteKeys;
import io.longshore.registry.access.jwt.TrustedKeys;
import io.longshore.registry.config.OidcConfig;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** An issuer whose tokens are believed, and its keys. Thread-safe. */
public final class TrustedIssuer {
    private final OidcConfig config;
    private final Provider provider;
    private final TrustedKeys keys;
    private final ClaimedIdentity identities;
    private final JwtVerifier passwords;

    private TrustedIssuer(OidcConfig config, Provider provider, TrustedKeys keys, Clock clock) {
        this.config = config;
        this.provider = provider;
        this.keys = keys;
        this.identities = new ClaimedIdentity(config);
        this.passwords = verifier(config.audiences(), clock);
    }

    /**
     * Its server is not asked for anything yet.
     *
     * @throws IOException if a file with keys or authorities cannot be used
     */
    public static TrustedIssuer open(OidcConfig config, Clock clock) throws IOException {
        OidcConfig.Connection way = config.connection();
        Provider provider = new Provider(
                config.issuer(), new HttpDocuments(way.authorities(), way.plainHttp()), clock);
        TrustedKeys keys = config.keys().isPresent()
                ? JwksKeys.open(config.keys().get(), way.authorities(), way.plainHttp(), clock)
                : new RemoteKeys(config.issuer(), provider::keys, clock);
        return new TrustedIssuer(config, provider, keys, clock);
    }

    OidcConfig config() {
        return config;
    }

    Provider provider() {
        return provider;
    }

    ClaimedIdentity identities() {
        return identities;
    }

    JwtVerifier verifier(Set<String> audiences, Clock clock) {
        JwtRules rules = new JwtRules(
                config.issuer(), audiences, config.algorithms(), JwtRules.USUAL_TYPES, config.leeway());
        return new JwtVerifier(rules, keys, clock);
    }

    /** Who is meant by a token that is shown as a password; empty if it is not to be believed. */
    Optional<Identity> authenticate(String token) throws IOException {
        return passwords.verify(token).flatMap(claims -> identities.of(claims, false));
    }
}
