package io.longshore.registry.storage.azure;

import io.longshore.registry.storage.BlobContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;

/** The bytes of an object up to a size. Closes the object. */
final class PrefixChannel implements ReadableByteChannel {
    private final BlobContent content;
    private final long sizeBytes;
    private long position;
    private boolean closed;

    PrefixChannel(BlobContent content, long sizeBytes) {
        this.content = content;
        this.sizeBytes = sizeBytes;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (position >= sizeBytes) {
            return -1;
        }
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + sizeBytes - position));
        try {
            int read = content.read(target, position);
            position += Math.max(read, 0);
            return read;
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        content.close();
    }
}
