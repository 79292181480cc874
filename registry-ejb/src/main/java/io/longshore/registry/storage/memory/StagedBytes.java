package io.longshore.registry.storage.memory;

import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;

/**
 * The bytes of one stage and who may write them. A {@link MemoryStage} that was left open loses its hold when another
 * one resumes the stage or the stage ends, so that no forgotten writer can reach into a blob. Thread-safe.
 */
final class StagedBytes {
    private final StageId id;
    private final Room room;
    private final Chunks chunks = new Chunks();
    private MemoryStage writer;
    private Instant touchedAt = Instant.now();
    private boolean gone;

    StagedBytes(StageId id, Room room) {
        this.id = id;
        this.room = room;
    }

    synchronized MemoryStage openAt(long sizeBytes, MemoryBlobStore store) throws StageLostException {
        requireAtLeast(sizeBytes);
        room.giveBack(chunks.sizeBytes() - sizeBytes);
        chunks.cut(sizeBytes);
        touchedAt = Instant.now();
        writer = new MemoryStage(id, this, sizeBytes, store);
        return writer;
    }

    synchronized void append(MemoryStage from, ByteBuffer bytes) throws IOException {
        requireWriter(from);
        room.take(bytes.remaining());
        chunks.append(bytes);
        touchedAt = Instant.now();
    }

    /** When bytes were last appended or cut off. */
    synchronized Instant touchedAt() {
        return touchedAt;
    }

    synchronized void close(MemoryStage from) {
        if (from == writer) {
            writer = null;
        }
    }

    synchronized Bytes first(long sizeBytes) throws StageLostException {
        requireAtLeast(sizeBytes);
        return chunks.first(sizeBytes);
    }

    /** Ends the stage and hands its bytes and their room over to the caller. */
    synchronized Bytes finish(MemoryStage from) throws IOException {
        if (gone) {
            throw MemoryBlobStore.noStage(id);
        }
        requireWriter(from);
        gone = true;
        writer = null;
        return chunks.first(chunks.sizeBytes());
    }

    synchronized void discard() {
        if (gone) {
            return;
        }
        gone = true;
        writer = null;
        room.giveBack(chunks.sizeBytes());
    }

    private void requireWriter(MemoryStage from) throws ClosedChannelException {
        if (from != writer) {
            throw new ClosedChannelException();
        }
    }

    private void requireAtLeast(long sizeBytes) throws StageLostException {
        if (gone) {
            throw MemoryBlobStore.noStage(id);
        }
        if (chunks.sizeBytes() < sizeBytes) {
            throw new StageLostException("stage " + id + " holds " + chunks.sizeBytes() + " bytes, not " + sizeBytes);
        }
    }
}
