package io.longshore.registry.web;

import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.web.range.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Moves bytes from the storage to a client. */
final class BlobOutput {
    private static final int LARGEST_BUFFER = 64 * 1024;

    private BlobOutput() {}

    /** Copies a part of a blob. Closes neither. */
    static void copy(BlobContent content, ByteRange part, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(LARGEST_BUFFER, part.sizeBytes()));
        long position = part.start();
        while (position <= part.end()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), part.end() - position + 1));
            int length = content.read(buffer, position);
            if (length < 0) {
                throw new EOFException("the blob ends at " + position + ", before its size");
            }
            out.write(buffer.array(), 0, length);
            position += length;
        }
    }
}
