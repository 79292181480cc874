package io.longshore.registry.storage.object;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Moves bytes from the answer of an object store to whoever reads a blob. Stateless. */
public final class Transfers {
    private static final int COPY_BYTES = 16 << 10;

    private Transfers() {}

    /**
     * Reads once, at most {@code mostBytes} and what {@code target} has room for, without a copy where the target has an
     * array.
     *
     * @return the number of bytes read, or -1 at the end
     */
    public static int read(InputStream from, ByteBuffer target, long mostBytes) throws IOException {
        int wanted = (int) Math.min(target.remaining(), mostBytes);
        if (target.hasArray()) {
            int read = from.read(target.array(), target.arrayOffset() + target.position(), wanted);
            target.position(target.position() + Math.max(read, 0));
            return read;
        }
        byte[] some = new byte[Math.min(wanted, COPY_BYTES)];
        int read = from.read(some);
        target.put(some, 0, Math.max(read, 0));
        return read;
    }
}
