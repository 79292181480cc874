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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What one node sees of a store that several share: knows which stages there are, and fails whoever neglects what
 * {@link BlobStore} asks of its caller. Thread-safe.
 */
final class WatchedStore implements BlobStore {
    private final BlobStore store;
    private final Set<StageId> stages;
    /** Stages that this node writes, with the size at which it opened them. */
    private final Map<StageId, Long> open = new ConcurrentHashMap<>();

    WatchedStore(BlobStore store) {
        this(store, ConcurrentHashMap.newKeySet());
    }

    private WatchedStore(BlobStore store, Set<StageId> stages) {
        this.store = store;
        this.stages = stages;
    }

    /** The same store, as another node sees it. */
    WatchedStore onAnotherNode() {
        return new WatchedStore(store, stages);
    }

    /** All stages that any node left in the store. */
    Set<StageId> stages() {
        return Set.copyOf(stages);
    }

    @Override
    public Stage begin() throws IOException {
        Stage stage = store.begin();
        stages.add(stage.id());
        return opened(stage);
    }

    /** Uses the leave to forget the bytes when the stage is closed. */
    @Override
    public Stage begin(Digest digest) throws IOException {
        Stage stage = store.begin();
        stages.add(stage.id());
        open.put(stage.id(), stage.sizeBytes());
        return new Watched(stage) {
            @Override
            void closed() throws IOException {
                store.discard(id());
            }
        };
    }

    @Override
    public Stage resume(StageId id, long sizeBytes) throws IOException {
        requireClosed(id);
        return opened(store.resume(id, sizeBytes));
    }

    @Override
    public ReadableByteChannel readStage(StageId id, long sizeBytes) throws IOException {
        Long openedAt = open.get(id);
        if (openedAt != null && sizeBytes > openedAt) {
            throw new AssertionError("reads bytes of stage " + id + " that are still being written");
        }
        return store.readStage(id, sizeBytes);
    }

    @Override
    public void discard(StageId id) throws IOException {
        store.discard(id);
        stages.remove(id);
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

    private void requireClosed(StageId id) {
        if (open.containsKey(id)) {
            throw new AssertionError("stage " + id + " is still open");
        }
    }

    private Stage opened(Stage stage) {
        open.put(stage.id(), stage.sizeBytes());
        return new Watched(stage);
    }

    private class Watched implements Stage {
        private final Stage stage;
        private boolean closed;
        private boolean committed;

        Watched(Stage stage) {
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
            if (closed) {
                throw new AssertionError("writes to stage " + id() + " after closing it");
            }
            stage.write(bytes);
        }

        @Override
        public void commit(Digest digest) throws IOException {
            if (closed) {
                throw new AssertionError("commits stage " + id() + " after closing it");
            }
            stage.commit(digest);
            committed = true;
            stages.remove(id());
        }

        /** What happens to bytes that are not committed. */
        void closed() throws IOException {}

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                open.remove(id());
            }
            stage.close();
            if (!committed) {
                closed();
            }
        }
    }
}
