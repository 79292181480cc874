package org.example.flat;

import io.longshore.registry.storage.BlobContent;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/** The first bytes of an open file. */
final class FlatContent implements BlobContent {
    private final FileChannel file;
    private final long sizeBytes;

    FlatContent(FileChannel file, long sizeBytes) {
        this.file = file;
        this.sizeBytes = sizeBytes;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        if (!file.isOpen()) {
            throw new ClosedChannelException();
        }
        if (position >= sizeBytes) {
            return -1;
        }
        int limit = target.limit();
        try {
            target.limit((int) Math.min(limit, target.position() + sizeBytes - position));
            int read = file.read(target, position);
            if (read < 0) {
                throw new EOFException("a file became shorter while it was read");
            }
            return read;
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The same bytes, one after the other. */
    ReadableByteChannel fromTheBeginning() {
        return new ReadableByteChannel() {
            private long position;

            @Override
            public int read(ByteBuffer target) throws IOException {
                int read = FlatContent.this.read(target, position);
                position += Math.max(read, 0);
                return read;
            }

            @Override
            public boolean isOpen() {
                return file.isOpen();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
