package io.longshore.registry.config;

import java.net.URI;
import java.time.Duration;

/** The keys of the registry's own token service. */
final class TokenServiceKeys {
    static final KeyTable TABLE = new KeyTable();

    /** What stands between quotes in a challenge. */
    private static final ValueType<String> NAME = ValueType.text("name", TokenServiceKeys::name);

    static final Key<Boolean> ENABLED = TABLE.add("auth.tokenservice.enabled", Types.BOOLEAN, "",
            "Whether the registry gives out tokens, at `/auth/token`. Without it, wherever somebody is asked who they are,"
                    + " unless `auth.token` names another service.");
    static final Key<String> ISSUER = TABLE.add("auth.tokenservice.issuer", NAME, "longshore",
            "Who tokens say has issued them. The same on every node.");
    static final Key<String> SERVICE = TABLE.add("auth.tokenservice.service", NAME, "",
            "For whom tokens are. The same on every node. Without it, the issuer.");
    static final Key<URI> REALM = TABLE.add("auth.tokenservice.realm", Types.SERVICE_URL, "",
            "The URL that clients are told to fetch tokens from. Without it, `/auth/token` where they reach the registry.");
    static final Key<Duration> EXPIRATION = TABLE.add("auth.tokenservice.expiration",
            Types.duration(Duration.ofMinutes(1), Duration.ofHours(24)), "5m",
            "How long a token is valid.");
    static final Key<Duration> REFRESHEXPIRATION = TABLE.add("auth.tokenservice.refreshexpiration",
            Types.duration(Duration.ZERO, Duration.ofHours(87_600)), "2160h",
            "How long a refresh token may lie unused before it ends, at least `1h`; with `0`, none are given out.");
    static final Key<Duration> KEYROTATION = TABLE.add("auth.tokenservice.keyrotation",
            Types.duration(Duration.ofHours(1), Duration.ofHours(87_600)), "720h",
            "How long a key signs before the next one does.");

    private TokenServiceKeys() {}

    private static String name(String text) {
        if (!text.matches("[A-Za-z0-9._:/-]{1,255}")) {
            throw new IllegalArgumentException("expected up to 255 letters, digits and signs of . _ : / -");
        }
        return text;
    }
}
