package io.longshore.registry.storage.memory;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One writer of a stage, from its opening to its closing. */
final class MemoryStage implements Stage {
    private final StageId id;
    private final StagedBytes staged;
    private final MemoryBlobStore store;
    private long sizeBytes;

    MemoryStage(StageId id, StagedBytes staged, long sizeBytes, MemoryBlobStore store) {
        this.id = id;
        this.staged = staged;
        this.sizeBytes = sizeBytes;
        this.store = store;
    }

    @Override
    public StageId id() {
        return id;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        int appended = bytes.remaining();
        staged.append(this, bytes);
        sizeBytes += appended;
    }

    @Override
    public void commit(Digest digest) throws IOException {
        store.put(id, staged.finish(this), digest);
    }

    @Override
    public void close() {
        staged.close(this);
    }
}
