package io.longshore.registry.mirror;

import io.longshore.registry.storage.BlobContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** A blob that says when it is closed how many bytes were read. Not thread-safe. */
final class CountedContent implements BlobContent {
    private final BlobContent content;
    private final LongConsumer total;
    private long count;

    CountedContent(BlobContent content, LongConsumer total) {
        this.content = content;
        this.total = total;
    }

    @Override
    public long sizeBytes() {
        return content.sizeBytes();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int length = content.read(target, position);
        count += Math.max(length, 0);
        return length;
    }

    @Override
    public void close() throws IOException {
        long read = count;
        count = 0;
        if (read > 0) {
            total.accept(read);
        }
        content.close();
    }
}
