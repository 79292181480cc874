package io.longshore.registry.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes on their way to become a blob, open for writing. Written by one thread at a time. Bytes written survive the end
 * of this process from the moment the stage is closed; only {@link BlobStore#commit} makes them survive a loss of
 * power.
 */
public interface Stage extends Closeable {

    StageId id();

    /** Bytes in the stage so far, those before a {@link BlobStore#resume} included; known when closed, too. */
    long sizeBytes();

    /**
     * Appends all of {@code bytes}; the buffer is the caller's again afterwards. After a failure it is not known how
     * many of them were appended; {@link BlobStore#resume} at a size known to be good cuts them off.
     *
     * @throws StorageFullException if there is no room for them
     * @throws java.nio.channels.ClosedChannelException if the stage is closed
     */
    void write(ByteBuffer bytes) throws IOException;

    /** Ends writing; idempotent. The stage itself stays until it is committed or discarded. */
    @Override
    void close() throws IOException;
}
