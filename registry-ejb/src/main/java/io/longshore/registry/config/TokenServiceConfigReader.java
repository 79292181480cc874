package io.longshore.registry.config;

import java.time.Duration;

/** Reads {@code auth.tokenservice}. */
final class TokenServiceConfigReader {
    private static final Duration LEAST_REFRESH_IDLE = Duration.ofHours(1);

    private final Settings settings;
    private final Problems problems;

    TokenServiceConfigReader(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** {@code standard} says whether there is one where nothing is said of it. */
    TokenServiceConfig read(boolean standard) {
        String issuer = settings.get(TokenServiceKeys.ISSUER);
        return new TokenServiceConfig(
                settings.find(TokenServiceKeys.ENABLED).orElse(standard),
                issuer,
                settings.find(TokenServiceKeys.SERVICE).orElse(issuer),
                settings.find(TokenServiceKeys.REALM),
                settings.get(TokenServiceKeys.EXPIRATION),
                refreshIdle(),
                settings.get(TokenServiceKeys.KEYROTATION),
                settings.find(Keys.HTTP_SECRET));
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
