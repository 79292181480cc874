package io.longshore.registry.storage.memory;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;

/** Reads bytes from their beginning to their end. */
final class BytesChannel implements ReadableByteChannel {
    private final Bytes bytes;
    private long position;
    private boolean closed;

    BytesChannel(Bytes bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        int read = bytes.read(target, position);
        position += Math.max(read, 0);
        return read;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
