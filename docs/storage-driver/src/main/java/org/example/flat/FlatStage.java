package org.example.flat;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file that grows. */
final class FlatStage implements Stage {
    private final FlatStore store;
    private final StageId id;
    private final FileChannel file;
    private long sizeBytes;

    FlatStage(FlatStore store, StageId id, FileChannel file, long sizeBytes) {
        this.store = store;
        this.id = id;
        this.file = file;
        this.sizeBytes = sizeBytes;
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
        do {
            sizeBytes += file.write(bytes);
        } while (bytes.hasRemaining());
    }

    @Override
    public void commit(Digest digest) throws IOException {
        file.force(false);
        file.close();
        store.publish(id, digest);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
