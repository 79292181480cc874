package io.longshore.registry.access.token;

import io.longshore.registry.audit.Audit;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Keys of nodes that differ in one thing or another. */
final class TestKeys {
    static final Duration ROTATION = Duration.ofDays(30);
    static final Duration NOTICE = Duration.ofDays(1);
    static final Duration LIFETIME = Duration.ofMinutes(5);
    static final TokenSettings SETTINGS = new TokenSettings(
            "longshore", "registry.example.com", LIFETIME, Duration.ofDays(90), ROTATION,
            Optional.of(Secret.of("correct horse battery staple")));

    private TestKeys() {}

    static SigningKeys node(Database database, TokenSettings settings, Clock clock) {
        return new SigningKeys(database, new Audit(database), settings, clock);
    }

    static RefreshTokens refreshTokens(Database database, Duration idle, RefreshTokens.Recheck recheck, Clock clock) {
        return new RefreshTokens(database, new Audit(database), idle, recheck, clock);
    }

    static TokenSettings withSecret(String secret) {
        return with(LIFETIME, ROTATION, Optional.of(secret));
    }

    static TokenSettings withoutSecret() {
        return with(LIFETIME, ROTATION, Optional.empty());
    }

    static TokenSettings withLifetime(Duration lifetime) {
        return with(lifetime, ROTATION, SETTINGS.keySecret().map(Secret::reveal));
    }

    static TokenSettings withRotation(Duration rotation) {
        return with(LIFETIME, rotation, SETTINGS.keySecret().map(Secret::reveal));
    }

    private static TokenSettings with(Duration lifetime, Duration rotation, Optional<String> secret) {
        return new TokenSettings(
                SETTINGS.issuer(), SETTINGS.service(), lifetime, SETTINGS.refreshIdle(), rotation,
                secret.map(Secret::of));
    }
}
