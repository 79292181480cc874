package io.longshore.registry.config;

import java.time.Duration;
import java.util.Optional;

/** Reads {@code auth.tokenservice}. */
final class TokenServiceConfigReader {
    private static final Duration LEAST_REFRESH_IDLE = Duration.ofHours(1);
    private static final int LONG_ENOUGH = 16;

    private final Settings settings;
    private final Problems problems;

    TokenServiceConfigReader(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** {@code standard} says whether there is one where nothing is said of it. */
    TokenServiceConfig read(boolean standard) {
        boolean enabled = settings.find(TokenServiceKeys.ENABLED).orElse(standard);
        String issuer = settings.get(TokenServiceKeys.ISSUER);
        return new TokenServiceConfig(
                enabled,
                issuer,
                settings.find(TokenServiceKeys.SERVICE).orElse(issuer),
                settings.find(TokenServiceKeys.REALM),
                settings.get(TokenServiceKeys.EXPIRATION),
                refreshIdle(),
                settings.get(TokenServiceKeys.KEYROTATION),
                keySecret(enabled));
    }

    /** Whoever can read what is encrypted with it can try as many as there is time for. */
    private Optional<Secret> keySecret(boolean used) {
        Optional<Secret> secret = settings.find(Keys.HTTP_SECRET);
        if (used && secret.isPresent() && secret.get().reveal().length() < LONG_ENOUGH) {
            problems.warn(Keys.HTTP_SECRET.name(), settings.source(Keys.HTTP_SECRET).orElseThrow(),
                    "is so short that it can be guessed; expected at least " + LONG_ENOUGH + " random characters");
        }
        return secret;
    }

    private Duration refreshIdle() {
        Duration idle = settings.get(TokenServiceKeys.REFRESHEXPIRATION);
        if (!idle.isZero() && idle.compareTo(LEAST_REFRESH_IDLE) < 0) {
            Key<Duration> key = TokenServiceKeys.REFRESHEXPIRATION;
            problems.add(key.name(), settings.source(key).orElseThrow(), "expected 0, or a duration from 1h");
        }
        return idle;
    }
}
