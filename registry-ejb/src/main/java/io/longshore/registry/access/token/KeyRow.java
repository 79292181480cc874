package io.longshore.registry.access.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of table {@code signing_key}. Prints no key.
 *
 * @param privateKey as {@link KeySeal} writes it; empty once the key does not sign any more
 * @param secretId of the seal that wrote it; empty for none
 * @param until exclusive
 * @param longestToken the longest lifetime of all tokens that were signed with it
 */
record KeyRow(
        String kid,
        String publicKey,
        Optional<String> privateKey,
        Optional<String> secretId,
        Instant from,
        Instant until,
        Duration longestToken) {
    /** By how much clocks may differ, here and at others that verify; and then some. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** Whether no node signs with it any more, however its clock goes. */
    boolean isDoneSigning(Instant now) {
        return now.isAfter(until.plus(MARGIN));
    }

    /** Whether every token that was signed with it has expired. */
    boolean isDoneVerifying(Instant now) {
        return now.isAfter(until.plus(longestToken).plus(MARGIN));
    }

    @Override
    public String toString() {
        return "KeyRow[" + kid + ", from " + from + " until " + until + "]";
    }
}
