package io.longshore.registry.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A blob, open for reading. Not thread-safe. */
public interface BlobContent extends Closeable {

    /** The size of the whole blob. */
    long sizeBytes();

    /**
     * Reads bytes from {@code position} on into {@code target}, at least one unless the blob ends there or the target
     * has no room. Reading onwards from where the last read ended is the fast case on every driver.
     *
     * @return the number of bytes read, or -1 at or behind the end of the blob
     * @throws BlobLostException if the blob was deleted or replaced meanwhile, and this is no reading onwards
     * @throws java.nio.channels.ClosedChannelException if this is closed
     */
    int read(ByteBuffer target, long position) throws IOException;

    /** Ends reading; idempotent. */
    @Override
    void close() throws IOException;
}
