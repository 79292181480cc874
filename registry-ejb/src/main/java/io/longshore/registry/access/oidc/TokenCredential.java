package io.longshore.registry.access.oidc;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What an identity says of the token that proved it, so that nothing that is given on its strength lives on for ever.
 * Written as {@code github 2026-11-27T12:00:00Z}.
 *
 * @param issuer the name that the configuration gives it
 * @param expiry when the token expires
 */
record TokenCredential(String issuer, Instant expiry) {

    static Optional<TokenCredential> parse(String text) {
        int space = text.indexOf(' ');
        try {
            return space < 0
                    ? Optional.empty()
                    : Optional.of(new TokenCredential(
                            text.substring(0, space), Instant.parse(text.substring(space + 1))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return issuer + ' ' + expiry;
    }
}
