package io.longshore.registry.upload;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.atomic.AtomicReference;

/** A store to which something happens at a moment that the test chooses. */
final class FaultyStore implements BlobStore {
    private final BlobStore store;
    private final AtomicReference<Bodies.Event> beforeRead = new AtomicReference<>();

    FaultyStore(BlobStore store) {
        this.store = store;
    }

    /** Lets this happen once, when a stage is about to be read. */
    void beforeNextRead(Bodies.Event event) {
        beforeRead.set(event);
    }

    @Override
    public Stage begin() throws IOException {
        return store.begin();
    }

    @Override
    public Stage resume(StageId id, long sizeBytes) throws IOException {
        return store.resume(id, sizeBytes);
    }

    @Override
    public ReadableByteChannel readStage(StageId id, long sizeBytes) throws IOException {
        Bodies.Event event = beforeRead.getAndSet(null);
        if (event != null) {
            event.happen();
        }
        return store.readStage(id, sizeBytes);
    }

    @Override
    public void discard(StageId id) throws IOException {
        store.discard(id);
    }

    @Override
    public BlobContent open(Digest digest, long position) throws IOException {
        return store.open(digest, position);
    }

    @Override
    public boolean delete(Digest digest) throws IOException {
        return store.delete(digest);
    }
}
