package io.longshore.registry.storage.s3;

import io.longshore.registry.storage.StageLostException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;

/** Reads the first bytes of a stage, segment by segment. Not thread-safe. */
final class SegmentsChannel implements ReadableByteChannel {
    private final Segments segments;
    private final long sizeBytes;
    private long position;
    private ObjectReader segment;
    private boolean closed;

    SegmentsChannel(Segments segments, long sizeBytes) {
        this.segments = segments;
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
        if (!target.hasRemaining()) {
            return 0;
        }
        int limit = target.limit();
        long left = Math.min(sizeBytes, segmentEnd()) - position;
        target.limit((int) Math.min(limit, target.position() + left));
        try {
            return readSegment(target);
        } catch (NoObjectException e) {
            throw segments.lost(e);
        } finally {
            target.limit(limit);
        }
    }

    private long segmentEnd() {
        return (position / segments.chunkBytes() + 1) * segments.chunkBytes();
    }

    private int readSegment(ByteBuffer target) throws IOException {
        if (segment == null) {
            segment = segments.read(position / segments.chunkBytes());
        }
        int read = segment.read(target);
        if (read < 0) {
            throw new StageLostException("stage " + segments + " ends at byte " + position + " of " + sizeBytes);
        }
        position += read;
        if (position % segments.chunkBytes() == 0 || position == sizeBytes) {
            release();
        }
        return read;
    }

    private void release() {
        if (segment != null) {
            segment.close();
            segment = null;
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        release();
    }
}
