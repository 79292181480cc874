package io.longshore.registry.replication;

import java.util.OptionalLong;

/**
 * How much a rule may take, of all nodes together.
 *
 * @param parallel the most images at the same time, 1 to 64
 * @param bytesPerSecond that are moved, at least 1024; empty for as many as can be
 */
public record Limits(int parallel, OptionalLong bytesPerSecond) {
    /** For who says nothing. */
    public static final int STANDARD_PARALLEL = 4;

    public static final int MOST_PARALLEL = 64;
    public static final long LEAST_BYTES = 1024;

    /** @throws IllegalArgumentException if it is too much, or too little; the message says what was expected */
    public Limits {
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw new IllegalArgumentException("expected a number from 1 to " + MOST_PARALLEL);
        }
        if (bytesPerSecond.isPresent() && bytesPerSecond.getAsLong() < LEAST_BYTES) {
            throw new IllegalArgumentException("expected a number of bytes from " + LEAST_BYTES);
        }
    }
}
