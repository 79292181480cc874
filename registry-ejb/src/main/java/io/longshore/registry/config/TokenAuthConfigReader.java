package io.longshore.registry.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code auth.token}. */
final class TokenAuthConfigReader {
    private final Settings settings;
    private final Problems problems;

    TokenAuthConfigReader(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** Empty if there is no such section, or one that is not complete. */
    Optional<TokenAuthConfig> read() {
        Optional<Source> section = settings.section(TokenKeys.SECTION);
        return section.isEmpty() ? Optional.empty() : read(section.get());
    }

    private Optional<TokenAuthConfig> read(Source section) {
        Optional<URI> realm = require(TokenKeys.REALM, section);
        Optional<String> service = require(TokenKeys.SERVICE, section);
        Optional<String> issuer = require(TokenKeys.ISSUER, section);
        Optional<JwksLocation> jwks = jwks(section);
        Set<SigningAlgorithm> algorithms = algorithms();
        Optional<String> redirectPath = redirectPath();
        if (realm.isEmpty() || service.isEmpty() || issuer.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TokenAuthConfig(
                realm.get(),
                service.get(),
                issuer.get(),
                settings.find(TokenKeys.ROOTCERTBUNDLE),
                jwks,
                settings.find(TokenKeys.JWKSCAFILE),
                settings.get(TokenKeys.JWKSALLOWHTTP),
                algorithms,
                redirectPath));
    }

    private <T> Optional<T> require(Key<T> key, Source section) {
        if (settings.source(key).isEmpty()) {
            problems.add(TokenKeys.SECTION, section, "expected " + section.spell(key.name()) + " to be set");
        }
        return settings.find(key);
    }

    private Optional<JwksLocation> jwks(Source section) {
        Optional<JwksLocation> jwks = settings.find(TokenKeys.JWKS);
        if (settings.source(TokenKeys.JWKS).isEmpty() && settings.source(TokenKeys.ROOTCERTBUNDLE).isEmpty()) {
            problems.add(TokenKeys.SECTION, section, "expected " + section.spell(TokenKeys.JWKS.name()) + " or "
                    + section.spell(TokenKeys.ROOTCERTBUNDLE.name()) + " to be set");
        }
        boolean plain = settings.get(TokenKeys.JWKSALLOWHTTP);
        jwks.filter(location -> !plain && !location.isSafe()).ifPresent(location -> problems.add(
                TokenKeys.JWKS.name(), settings.source(TokenKeys.JWKS).orElse(section),
                "expected https://, or " + section.spell(TokenKeys.JWKSALLOWHTTP.name()) + " to be true"));
        if (jwks.flatMap(JwksLocation::address).isEmpty()) {
            warnUnused(TokenKeys.JWKSCAFILE, "has no effect unless auth.token.jwks is a URL");
        }
        return jwks;
    }

    private Set<SigningAlgorithm> algorithms() {
        Optional<List<String>> names = settings.find(TokenKeys.SIGNINGALGORITHMS);
        if (names.isEmpty()) {
            return SigningAlgorithm.ALL;
        }
        Set<SigningAlgorithm> algorithms = names.get().stream()
                .flatMap(name -> SigningAlgorithm.of(name).stream())
                .collect(Collectors.toSet());
        Source source = settings.source(TokenKeys.SIGNINGALGORITHMS).orElse(Source.DEFAULT);
        if (algorithms.isEmpty()) {
            problems.add(TokenKeys.SIGNINGALGORITHMS.name(), source,
                    "expected an algorithm with a private key, such as RS256");
        } else if (names.get().stream().anyMatch(TokenKeys.SHARED_SECRETS::contains)) {
            problems.warn(TokenKeys.SIGNINGALGORITHMS.name(), source,
                    "tokens that are signed with a shared secret are refused all the same");
        }
        return algorithms;
    }

    private Optional<String> redirectPath() {
        if (settings.get(TokenKeys.AUTOREDIRECT)) {
            return settings.find(TokenKeys.AUTOREDIRECTPATH);
        }
        warnUnused(TokenKeys.AUTOREDIRECTPATH, "has no effect unless auth.token.autoredirect is true");
        return Optional.empty();
    }

    private void warnUnused(Key<?> key, String line) {
        settings.source(key).ifPresent(source -> problems.warn(key.name(), source, line));
    }
}
