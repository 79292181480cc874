package io.longshore.registry.client.http;

import java.time.Clock;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * What makes one run differ from the next. Thread-safe, as all of its parts must be.
 *
 * @param random spreads the clients of a registry that comes back
 */
public record Timing(Clock clock, RandomGenerator random, Waiting waiting) {
    /** The clock of the system, and sleep. */
    public static Timing system() {
        return new Timing(Clock.systemUTC(), new Random(), Waiting.SLEEP);
    }
}
