package io.longshore.registry.client.auth;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A token and until when it is used: a little less long than it is good, so that no request sets out with one that
 * expires on the way.
 */
record Token(String value, Instant until) {
    /** What a token server gives that does not say; none gives less (token authentication specification). */
    private static final Duration SHORTEST = Duration.ofSeconds(60);

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration MOST_EARLY = Duration.ofSeconds(60);

    /**
     * Reads a reply.
     *
     * @param asked when it was asked for: the clock of the token server may be wrong, the time that passes is not
     * @throws IOException if there is no token in it
     */
    static Token of(Map<String, String> reply, Instant asked) throws IOException {
        String value = reply.getOrDefault("token", reply.getOrDefault("access_token", ""));
        if (value.isEmpty()) {
            throw new IOException("the reply has no token");
        }
        if (!value.chars().allMatch(c -> c > ' ' && c <= '~')) {
            // Whoever made a header of it would fail, and show it.
            throw new IOException("the reply has a token that cannot be sent");
        }
        Duration life = life(reply.getOrDefault("expires_in", ""));
        Duration early = life.dividedBy(6).compareTo(MOST_EARLY) < 0 ? life.dividedBy(6) : MOST_EARLY;
        return new Token(value, asked.plus(life).minus(early));
    }

    private static Duration life(String seconds) throws IOException {
        if (seconds.isEmpty()) {
            return SHORTEST;
        }
        try {
            double said = Double.parseDouble(seconds);
            return Duration.ofSeconds((long) Math.max(SHORTEST.toSeconds(), Math.min(said, LONGEST.toSeconds())));
        } catch (NumberFormatException e) {
            throw new IOException("expires_in is no number", e);
        }
    }

    boolean isGoodAt(Instant now) {
        return now.isBefore(until);
    }

    /** The value of {@code Authorization} (RFC 6750, section 2.1). */
    String bearer() {
        return "Bearer " + value;
    }

    @Override
    public String toString() {
        return "token until " + until;
    }
}
