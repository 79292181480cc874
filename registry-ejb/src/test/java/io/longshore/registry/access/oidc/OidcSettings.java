package io.longshore.registry.access.oidc;

import io.longshore.registry.access.jwt.Issuer;
import io.longshore.registry.config.JwksLocation;
import io.longshore.registry.config.OidcConfig;
import io.longshore.registry.config.Secret;
import io.longshore.registry.config.SigningAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The configuration of an issuer, with something changed. */
record OidcSettings(OidcConfig config) {

    static OidcSettings of(String name, String issuer) {
        return new OidcSettings(new OidcConfig(
                name, issuer, Set.of(Issuer.AUDIENCE), Optional.empty(), new OidcConfig.Names("sub", name + ":"),
                Optional.empty(), Map.of(), SigningAlgorithm.ALL, Duration.ofMinutes(1),
                new OidcConfig.Connection(Optional.empty(), false), Optional.empty()));
    }

    OidcSettings audiences(Set<String> audiences) {
        return with(audiences, config.keys(), config.users(), config.groups(), config.claims(), config.client());
    }

    OidcSettings keys(URI url) {
        return with(config.audiences(), Optional.of(new JwksLocation.Url(url)), config.users(), config.groups(),
                config.claims(), config.client());
    }

    OidcSettings users(String claim, String prefix) {
        return with(config.audiences(), config.keys(), new OidcConfig.Names(claim, prefix), config.groups(),
                config.claims(), config.client());
    }

    OidcSettings groups(String claim, String prefix) {
        return with(config.audiences(), config.keys(), config.users(),
                Optional.of(new OidcConfig.Names(claim, prefix)), config.claims(), config.client());
    }

    OidcSettings require(String claim, String... patterns) {
        Map<String, List<String>> claims = new HashMap<>(config.claims());
        claims.put(claim, List.of(patterns));
        return with(config.audiences(), config.keys(), config.users(), config.groups(), claims, config.client());
    }

    /** {@code secret} is null for a public client. */
    OidcSettings client(String id, String secret, String... scopes) {
        return with(config.audiences(), config.keys(), config.users(), config.groups(), config.claims(),
                Optional.of(new OidcConfig.Client(id, Optional.ofNullable(secret).map(Secret::of), List.of(scopes))));
    }

    private OidcSettings with(
            Set<String> audiences,
            Optional<JwksLocation> keys,
            OidcConfig.Names users,
            Optional<OidcConfig.Names> groups,
            Map<String, List<String>> claims,
            Optional<OidcConfig.Client> client) {
        return new OidcSettings(new OidcConfig(
                config.name(), config.issuer(), audiences, keys, users, groups, claims, config.algorithms(),
                config.leeway(), config.connection(), client));
    }
}
