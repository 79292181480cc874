package io.longshore.registry.storage.memory;

import java.nio.ByteBuffer;

/** Bytes that no longer change, in chunks of {@link Chunks#CHUNK_BYTES} of which only the last may be shorter. */
record Bytes(byte[][] chunks, long sizeBytes) {

    /** As {@link io.longshore.registry.storage.BlobContent#read}. */
    int read(ByteBuffer target, long position) {
        if (position < 0) {
            throw new IllegalArgumentException("negative position " + position);
        }
        if (position >= sizeBytes) {
            return -1;
        }
        int length = (int) Math.min(target.remaining(), sizeBytes - position);
        int copied = 0;
        while (copied < length) {
            int offset = Chunks.offsetInChunk(position + copied);
            int part = Math.min(length - copied, Chunks.CHUNK_BYTES - offset);
            target.put(chunks[Chunks.chunkOf(position + copied)], offset, part);
            copied += part;
        }
        return length;
    }
}
