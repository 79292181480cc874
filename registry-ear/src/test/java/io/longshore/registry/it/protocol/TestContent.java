package io.longshore.registry.it.protocol;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the tests push. Bytes come from one seed, which is printed and can be given back as {@code test.seed}; names do
 * not, so that a run never meets the repositories of another.
 */
public final class TestContent {
    private static final Random RANDOM = seeded();

    private TestContent() {}

    private static Random seeded() {
        long seed = Long.getLong("test.seed", ThreadLocalRandom.current().nextLong());
        System.out.println("Random content of the protocol tests: -Dtest.seed=" + seed);
        return new Random(seed);
    }

    /** Bytes that nobody has pushed before. */
    public static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        synchronized (RANDOM) {
            RANDOM.nextBytes(bytes);
        }
        return bytes;
    }

    public static Digest sha256(byte[] bytes) {
        return Digest.of(DigestAlgorithm.SHA256, bytes);
    }

    public static Digest sha512(byte[] bytes) {
        return Digest.of(DigestAlgorithm.SHA512, bytes);
    }

    /** A digest that belongs to nothing. */
    public static Digest unknownDigest() {
        return sha256(bytes(32));
    }

    /** A repository name that nothing else uses, now or in an earlier run. */
    public static String newName(String hint) {
        return "protocol/" + hint + '/' + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }
}
