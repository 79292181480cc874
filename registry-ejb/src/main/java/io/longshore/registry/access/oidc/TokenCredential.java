package io.longshore.registry.access.oidc;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What an identity says of the token that proved it, so that nothing that is given on its strength lives on for ever.
 * Written as {@code github 2026-11-27T12:00:00Z}, with {@code person} behind it where it is one.
 *
 * @param issuer the name that the configuration gives it
 * @param expiry when the token expires
 * @param person whether the issuer gave the token to the registry because somebody logged in with a browser; one that was
 *     shown may be that of a job
 */
record TokenCredential(String issuer, Instant expiry, boolean person) {
    private static final String PERSON = "person";

    static Optional<TokenCredential> parse(String text) {
        String[] words = text.split(" ");
        boolean person = words.length == 3 && words[2].equals(PERSON);
        try {
            return words.length == 2 || person
                    ? Optional.of(new TokenCredential(words[0], Instant.parse(words[1]), person))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return issuer + ' ' + expiry + (person ? ' ' + PERSON : "");
    }
}
