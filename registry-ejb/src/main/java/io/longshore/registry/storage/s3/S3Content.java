package io.longshore.registry.storage.s3;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobLostException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/** Reads a blob: onwards from one request, and from a new one after each jump. */
final class S3Content implements BlobContent {
    private final Digest digest;
    private final ObjectReader reader;
    private boolean closed;

    S3Content(Digest digest, ObjectReader reader) {
        this.digest = digest;
        this.reader = reader;
    }

    @Override
    public long sizeBytes() {
        return reader.sizeBytes();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (position < 0) {
            throw new IllegalArgumentException("negative position " + position);
        }
        if (position >= reader.sizeBytes()) {
            return -1;
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        reader.seek(position);
        try {
            return reader.read(target);
        } catch (NoObjectException e) {
            throw new BlobLostException("the blob " + digest + " was deleted or replaced while it was read", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.close();
    }
}
