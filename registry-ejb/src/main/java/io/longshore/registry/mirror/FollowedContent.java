package io.longshore.registry.mirror;

import io.longshore.registry.storage.BlobContent;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A blob that is still coming, open for reading at any place. Not thread-safe. */
final class FollowedContent implements BlobContent {
    private final FollowedFile.Reader reader;
    private final long sizeBytes;

    FollowedContent(FollowedFile.Reader reader, long sizeBytes) {
        this.reader = reader;
        this.sizeBytes = sizeBytes;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return position >= sizeBytes ? -1 : reader.read(target, position);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
