package io.longshore.registry.storage;

import io.longshore.registry.model.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes on their way to become a blob, open for writing. Written by one thread at a time. Bytes written survive the end
 * of this process from the moment the stage is closed; only {@link #commit} makes them survive a loss of power.
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

    /**
     * Ends writing and makes the bytes the blob {@code digest}. Atomic: a reader sees the whole blob or none. Durable:
     * when this returns, the blob survives a loss of power. Where the blob is there already it is replaced. The stage
     * is gone afterwards. After a failure the blob is whole or absent, and the stage may be gone.
     *
     * @throws StageLostException if the stage is gone already or does not hold its bytes any more
     * @throws java.nio.channels.ClosedChannelException if the stage is closed
     */
    void commit(Digest digest) throws IOException;

    /** Ends writing; idempotent. The stage itself stays until it is committed or discarded. */
    @Override
    void close() throws IOException;
}
