package io.longshore.registry.client.archive;

import java.util.Arrays;
import java.util.Optional;

/** By what content begins with. */
final class Compression {
    static final String GZIP = "gzip";

    /** So many bytes tell. */
    static final int BYTES = 10;

    /** Begins each block of bzip2, after three letters that a file may be called by, and a digit. */
    private static final byte[] BZIP2_BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};

    private Compression() {}

    /** How something is compressed that begins so; empty if it is not, or in a way that nobody uses for layers. */
    static Optional<String> of(byte[] begin) {
        if (begins(begin, 0x1f, 0x8b)) {
            return Optional.of(GZIP);
        }
        if (begins(begin, 0x28, 0xb5, 0x2f, 0xfd)) {
            return Optional.of("zstd");
        }
        if (begins(begin, 0xfd, '7', 'z', 'X', 'Z', 0)) {
            return Optional.of("xz");
        }
        boolean isBzip2 = begins(begin, 'B', 'Z', 'h') && begin.length >= BYTES
                && Arrays.equals(begin, BYTES - BZIP2_BLOCK.length, BYTES, BZIP2_BLOCK, 0, BZIP2_BLOCK.length);
        return isBzip2 ? Optional.of("bzip2") : Optional.empty();
    }

    private static boolean begins(byte[] bytes, int... with) {
        if (bytes.length < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if ((bytes[i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
