package io.longshore.registry.it.fault;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** Where the chances that a test takes come from: printed, and given again as {@code test.seed}. */
public final class Seed {
    private final long value;

    private Seed(long value) {
        this.value = value;
    }

    public static Seed of(Class<?> test) {
        long value = Long.getLong("test.seed", ThreadLocalRandom.current().nextLong());
        System.out.println(test.getSimpleName() + ": -Dtest.seed=" + value);
        return new Seed(value);
    }

    /** Chances of one of several that take theirs at the same time, the same in each run. */
    public Random random(long stream) {
        return new Random(value ^ stream * 0x9E3779B97F4A7C15L);
    }

    static byte[] bytes(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
