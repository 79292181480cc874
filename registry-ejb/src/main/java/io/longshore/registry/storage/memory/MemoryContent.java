package io.longshore.registry.storage.memory;

import io.longshore.registry.storage.BlobContent;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

final class MemoryContent implements BlobContent {
    private final Bytes bytes;
    private boolean closed;

    MemoryContent(Bytes bytes) {
        this.bytes = bytes;
    }

    @Override
    public long sizeBytes() {
        return bytes.sizeBytes();
    }

    @Override
    public int read(ByteBuffer target, long position) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        return bytes.read(target, position);
    }

    @Override
    public void close() {
        closed = true;
    }
}
