package io.longshore.registry.blob;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A store that stops where a test wants something else to happen: before it deletes, or after it has committed. */
final class HeldStore implements BlobStore {
    final Hold beforeDelete = new Hold();
    final Hold afterCommit = new Hold();
    private final BlobStore store;

    HeldStore(BlobStore store) {
        this.store = store;
    }

    /** Lets all through until it is closed. */
    static final class Hold {
        private volatile CountDownLatch reached = new CountDownLatch(1);
        private volatile CountDownLatch open = new CountDownLatch(0);

        void close() {
            reached = new CountDownLatch(1);
            open = new CountDownLatch(1);
        }

        void open() {
            open.countDown();
        }

        void awaitReached() throws InterruptedException {
            reached.await();
        }

        private void pass() throws IOException {
            reached.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Override
    public Stage begin() throws IOException {
        return new HeldStage(store.begin());
    }

    @Override
    public Stage resume(StageId id, long sizeBytes) throws IOException {
        return new HeldStage(store.resume(id, sizeBytes));
    }

    @Override
    public ReadableByteChannel readStage(StageId id, long sizeBytes) throws IOException {
        return store.readStage(id, sizeBytes);
    }

    @Override
    public void discard(StageId id) throws IOException {
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
        beforeDelete.pass();
        return store.delete(digest);
    }

    private final class HeldStage implements Stage {
        private final Stage stage;

        HeldStage(Stage stage) {
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
        }

        @Override
        public void commit(Digest digest) throws IOException {
            stage.commit(digest);
            afterCommit.pass();
        }

        @Override
        public void close() throws IOException {
            stage.close();
        }
    }
}
