package io.longshore.registry.client.http;

import java.time.Duration;

/**
 * How long a server may be silent. What goes on, however slowly, may take as long as it takes.
 *
 * @param connect until it takes the connection
 * @param reply until it begins to answer, once it has all of the request
 * @param idle until it takes or sends some more bytes
 */
public record Patience(Duration connect, Duration reply, Duration idle) {
    /** Half a minute to connect, five minutes to answer, a minute in between. */
    public static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(1));

    public Patience {
        if (!isPositive(connect) || !isPositive(reply) || !isPositive(idle)) {
            throw new IllegalArgumentException("patience is longer than nothing");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    /** The same with this in place of {@link #idle}. */
    public Patience withIdle(Duration other) {
        return new Patience(connect, reply, other);
    }
}
