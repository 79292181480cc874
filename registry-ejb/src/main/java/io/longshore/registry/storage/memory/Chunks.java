package io.longshore.registry.storage.memory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes that grow at the end. Only the last chunk is ever copied to grow, so that the cost of a byte does not depend on
 * how many there are, nor on how few come at a time. Not thread-safe.
 */
final class Chunks {
    static final int CHUNK_BYTES = 1 << 16;
    private static final int FIRST_BYTES = 256;

    private final List<byte[]> chunks = new ArrayList<>();
    private long sizeBytes;

    static int chunkOf(long position) {
        return Math.toIntExact(position / CHUNK_BYTES);
    }

    static int offsetInChunk(long position) {
        return (int) (position % CHUNK_BYTES);
    }

    long sizeBytes() {
        return sizeBytes;
    }

    void append(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int offset = offsetInChunk(sizeBytes);
            int part = Math.min(bytes.remaining(), CHUNK_BYTES - offset);
            bytes.get(chunkWithRoom(chunkOf(sizeBytes), offset + part), offset, part);
            sizeBytes += part;
        }
    }

    private byte[] chunkWithRoom(int index, int wanted) {
        if (index == chunks.size()) {
            chunks.add(new byte[capacityFor(wanted)]);
        } else if (chunks.get(index).length < wanted) {
            chunks.set(index, Arrays.copyOf(chunks.get(index), capacityFor(wanted)));
        }
        return chunks.get(index);
    }

    private static int capacityFor(int wanted) {
        return wanted <= FIRST_BYTES ? FIRST_BYTES : Integer.highestOneBit(wanted - 1) << 1;
    }

    /** Forgets what lies at {@code newSizeBytes} and behind. */
    void cut(long newSizeBytes) {
        int kept = Math.toIntExact((newSizeBytes + CHUNK_BYTES - 1) / CHUNK_BYTES);
        chunks.subList(kept, chunks.size()).clear();
        sizeBytes = newSizeBytes;
    }

    /** The first bytes as they are now. They stay so as long as nothing before their end is cut off. */
    Bytes first(long prefixBytes) {
        return new Bytes(chunks.toArray(byte[][]::new), prefixBytes);
    }
}
