package io.longshore.registry.upload;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A store to which something happens at a moment that the test chooses. */
final class FaultyStore implements BlobStore {
    private final BlobStore store;
    private final AtomicReference<Bodies.Event> beforeRead = new AtomicReference<>();

    private final AtomicReference<Bodies.Event> afterCommit = new AtomicReference<>();
    private final AtomicReference<Step> failing = new AtomicReference<>();

    /** What is done to a stage that is open. */
    enum Step {
        WRITE,
        CLOSE,
        COMMIT,
        /** This one fails before it is done. */
        DISCARD
    }

    FaultyStore(BlobStore store) {
        this.store = store;
    }

    /** Lets this happen once, when a stage is about to be read. */
    void beforeNextRead(Bodies.Event event) {
        beforeRead.set(event);
    }

    /** Lets this happen once, when a blob was made. */
    void afterNextCommit(Bodies.Event event) {
        afterCommit.set(event);
    }

    private static void happen(AtomicReference<Bodies.Event> once) throws IOException {
        Bodies.Event event = once.getAndSet(null);
        if (event != null) {
            event.happen();
        }
    }

    /** Lets this step fail once, after it was done: as if only the answer of a store elsewhere had been lost. */
    void failNext(Step step) {
        failing.set(step);
    }

    private void done(Step step) throws IOException {
        if (failing.compareAndSet(step, null)) {
            throw new IOException("the store did not answer");
        }
    }

    @Override
    public Stage begin() throws IOException {
        return new Faulty(store.begin());
    }

    @Override
    public Stage resume(StageId id, long sizeBytes) throws IOException {
        return new Faulty(store.resume(id, sizeBytes));
    }

    @Override
    public ReadableByteChannel readStage(StageId id, long sizeBytes) throws IOException {
        happen(beforeRead);
        return store.readStage(id, sizeBytes);
    }

    @Override
    public void discard(StageId id) throws IOException {
        done(Step.DISCARD);
        store.discard(id);
    }

    @Override
    public Stream<StageId> untouchedSince(Instant instant) throws IOException {
        return store.untouchedSince(instant);
    }

    @Override
    public BlobContent open(Digest digest, long position) throws IOException {
        return store.open(digest, position);
    }

    @Override
    public boolean delete(Digest digest) throws IOException {
        return store.delete(digest);
    }

    private final class Faulty implements Stage {
        private final Stage stage;

        Faulty(Stage stage) {
            this.stage = stage;
        }

        @Override
        public StageId id() {
            return stage.id();
        }

        @Override
        public long sizeBytes() {
            return stage.sizeBytes();
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            stage.write(bytes);
            done(Step.WRITE);
        }

        @Override
        public void commit(Digest digest) throws IOException {
            stage.commit(digest);
            happen(afterCommit);
            done(Step.COMMIT);
        }

        @Override
        public void close() throws IOException {
            stage.close();
            done(Step.CLOSE);
        }
    }
}
