package io.longshore.registry.storage.memory;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * Blobs in the memory of this process. Keeps every promise of {@link BlobStore} but durability. Thread-safe.
 *
 * <p>The capacity counts the bytes in stages and blobs. A blob that was deleted or replaced no longer counts, although
 * its memory stays taken until its last reader has gone.
 */
public final class MemoryBlobStore implements BlobStore {
    private final ConcurrentMap<StageId, StagedBytes> stages = new ConcurrentHashMap<>();
    private final ConcurrentMap<Digest, Bytes> blobs = new ConcurrentHashMap<>();
    private final Room room;

    /** A store as large as the heap lets it be. */
    public MemoryBlobStore() {
        this(Long.MAX_VALUE);
    }

    /** A store that has no room left once stages and blobs hold {@code capacityBytes} together. */
    public MemoryBlobStore(long capacityBytes) {
        if (capacityBytes < 0) {
            throw new IllegalArgumentException("negative capacity " + capacityBytes);
        }
        room = new Room(capacityBytes);
    }

    @Override
    public Stage begin() throws IOException {
        StageId id = new StageId(UUID.randomUUID().toString());
        StagedBytes staged = new StagedBytes(id, room);
        stages.put(id, staged);
        return staged.openAt(0, this);
    }

    @Override
    public Stage resume(StageId id, long sizeBytes) throws IOException {
        return staged(id).openAt(sizeBytes, this);
    }

    @Override
    public ReadableByteChannel readStage(StageId id, long sizeBytes) throws IOException {
        return new BytesChannel(staged(id).first(sizeBytes));
    }

    @Override
    public void discard(StageId id) {
        StagedBytes staged = stages.remove(id);
        if (staged != null) {
            staged.discard();
        }
    }

    @Override
    public Stream<StageId> untouchedSince(Instant instant) {
        return stages.entrySet().stream()
                .filter(stage -> stage.getValue().touchedAt().isBefore(instant))
                .map(Map.Entry::getKey);
    }

    @Override
    public BlobContent open(Digest digest, long position) throws IOException {
        Bytes bytes = blobs.get(digest);
        if (bytes == null) {
            throw new BlobLostException("no blob " + digest + " in memory");
        }
        return new MemoryContent(bytes);
    }

    @Override
    public boolean delete(Digest digest) {
        Bytes deleted = blobs.remove(digest);
        if (deleted == null) {
            return false;
        }
        room.giveBack(deleted.sizeBytes());
        return true;
    }

    /** Makes the bytes of a stage, which has ended, a blob. */
    void put(StageId id, Bytes bytes, Digest digest) {
        stages.remove(id);
        Bytes replaced = blobs.put(digest, bytes);
        if (replaced != null) {
            room.giveBack(replaced.sizeBytes());
        }
    }

    private StagedBytes staged(StageId id) throws StageLostException {
        StagedBytes staged = stages.get(id);
        if (staged == null) {
            throw noStage(id);
        }
        return staged;
    }

    static StageLostException noStage(StageId id) {
        return new StageLostException("no stage " + id + " in memory");
    }
}
