package io.longshore.registry.it.fault;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Random;

/**
 * A blob that nobody holds in memory: one block over and over, with its number at the beginning of each.
 *
 * @param seed another one, another blob
 * @param sizeBytes how long it is
 */
record LargeBlob(long seed, long sizeBytes) {
    private static final int BLOCK = 64 << 10;

    /** The bytes from the beginning. */
    InputStream open() {
        return new Blocks();
    }

    private final class Blocks extends InputStream {
        private final byte[] block = new byte[BLOCK];
        private long position;

        private Blocks() {
            new Random(seed).nextBytes(block);
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (position == sizeBytes) {
                return -1;
            }
            int from = (int) (position % BLOCK);
            ByteBuffer.wrap(block).putLong(position / BLOCK);
            int taken = (int) Math.min(Math.min(length, BLOCK - from), sizeBytes - position);
            System.arraycopy(block, from, bytes, offset, taken);
            position += taken;
            return taken;
        }
    }
}
