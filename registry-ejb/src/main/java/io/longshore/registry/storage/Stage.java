package io.longshore.registry.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes on their way to become a blob, open for writing. Written by one thread at a time. Bytes written survive the end
 * of this process from the moment the stage is closed; only {@link BlobStore#commit} makes them survive a loss of power.
 */
public interface Stage extends Closeable {

    StageId id();

    /** Bytes in the stage so far, those before a {@link BlobStore#resume} included. */
    long sizeBytes();

    /**
     * Appends all of {@code bytes}. After a failure it is not known how many of them were appended.
     *
     * @throws StorageFullException if there is no room for them
     */
    void write(ByteBuffer bytes) throws IOException;

    /** Ends writing; idempotent. The stage itself stays until it is committed or discarded. */
    @Override
    void close() throws IOException;
}
