package io.longshore.registry.storage.contract;

import java.lang.System.Logger.Level;
import java.util.Random;
import java.util.SplittableRandom;

/** Where the random numbers of the tests come from: one seed a run. */
public final class Randomness {
    /** The seed of this run. */
    public static final long SEED = Long.getLong("longshore.seed", new SplittableRandom().nextLong());

    static {
        System.getLogger(Randomness.class.getName()).log(Level.INFO, "-Dlongshore.seed=" + SEED);
    }

    private Randomness() {}

    /** Numbers that are the same for the same {@code stream} in a run with the same seed. */
    public static Random random(long stream) {
        return new Random(SEED + stream * 0x9E3779B97F4A7C15L);
    }
}
