package io.longshore.registry.replication;

import io.longshore.registry.storage.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A blob of this registry, from its beginning. Not thread-safe. */
final class StoredBlobStream extends InputStream {
    private final BlobContent content;
    private long position;

    /** @param content is closed with this */
    StoredBlobStream(BlobContent content) {
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = content.read(ByteBuffer.wrap(bytes, offset, length), position);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
