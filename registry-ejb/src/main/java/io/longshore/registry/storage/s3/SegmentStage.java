package io.longshore.registry.storage.s3;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import io.longshore.registry.storage.StorageFullException;
import io.longshore.registry.storage.StorageUnavailableException;
import io.longshore.registry.storage.object.Spool;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;

/**
 * A stage of segments, open for writing. Whole segments lie in the store; the bytes behind them, its tail, in a spool
 * until they fill one, or until the stage is closed. The tail of a resumed stage is fetched when more is written.
 */
final class SegmentStage implements Stage {
    private static final Logger LOG = System.getLogger(SegmentStage.class.getName());

    private final S3BlobStore store;
    private final Segments segments;
    private final Relay relay;
    /** How many whole segments are in the store, or on their way to it. */
    private long stored;
    /** The ETag of what lies behind them, if anything does. */
    private Optional<String> tail = Optional.empty();
    /** How many bytes of what lies behind them belong to the stage and are not in the spool. */
    private long unfetchedBytes;
    /** Whether the store lacks something that the spool has, or has something that does not belong to the stage. */
    private boolean differs;
    private boolean closed;
    private boolean failed;

    private SegmentStage(S3BlobStore store, Segments segments) {
        this.store = store;
        this.segments = segments;
        this.relay = store.newRelay();
    }

    static SegmentStage begin(S3BlobStore store, Segments segments) {
        SegmentStage stage = new SegmentStage(store, segments);
        stage.differs = true;
        return stage;
    }

    static SegmentStage resume(S3BlobStore store, Segments segments, long sizeBytes) throws IOException {
        Segments.Found last = segments.last(sizeBytes);
        long index = segments.name().lastSegmentOf(sizeBytes);
        if (last.sizeBytes() == segments.chunkBytes()) {
            segments.deleteFrom(index + 1);
        }
        SegmentStage stage = new SegmentStage(store, segments);
        stage.stored = index;
        stage.tail = Optional.of(last.etag());
        stage.unfetchedBytes = segments.name().tailOf(sizeBytes);
        if (last.sizeBytes() > stage.unfetchedBytes) {
            stage.fetchOrRelease();
            stage.differs = true;
        }
        return stage;
    }

    private void fetchOrRelease() throws IOException {
        boolean done = false;
        try {
            fetch();
            done = true;
        } finally {
            if (!done) {
                relay.close();
            }
        }
    }

    @Override
    public StageId id() {
        return segments.name().id();
    }

    @Override
    public long sizeBytes() {
        return stored * segments.chunkBytes() + unfetchedBytes + relay.filling().sizeBytes();
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        failed = true;
        if (bytes.hasRemaining()) {
            goOn();
        }
        while (bytes.hasRemaining()) {
            if (relay.filling().sizeBytes() == segments.chunkBytes()) {
                sendSegment();
            }
            Spool spool = relay.filling();
            spool.append(bytes, (int) Math.min(bytes.remaining(), segments.chunkBytes() - spool.sizeBytes()));
            differs = true;
        }
        failed = false;
    }

    private void sendSegment() throws IOException {
        long index = stored;
        Optional<String> replaced = tail;
        relay.send(bytes -> put(index, bytes, replaced));
        stored++;
        tail = Optional.empty();
        differs = false;
    }

    private void goOn() throws IOException {
        if (unfetchedBytes == segments.chunkBytes()) {
            stored++;
            tail = Optional.empty();
            unfetchedBytes = 0;
        }
        if (unfetchedBytes > 0) {
            fetch();
        }
    }

    private void fetch() throws IOException {
        try {
            Copies.load(segments, stored, unfetchedBytes, relay.filling());
            unfetchedBytes = 0;
        } catch (NoObjectException e) {
            throw segments.lost(e);
        }
    }

    private void put(long index, Spool bytes, Optional<String> replaced) throws IOException {
        if (index == Multipart.MOST_PARTS) {
            throw new StorageFullException("a blob cannot have more than " + Multipart.MOST_PARTS + " segments of "
                    + segments.chunkBytes() + " bytes: they have to be larger");
        }
        try {
            store.bucket().putSegment(segments.key(index), bytes, replaced);
        } catch (NoObjectException e) {
            throw segments.lost(e);
        } catch (SegmentChangedException e) {
            throw new StorageUnavailableException("stage " + segments + ": another writer has it", e);
        }
    }

    @Override
    public void commit(Digest digest) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        closed = true;
        long there = stored + (tail.isPresent() ? 1 : 0);
        try (relay) {
            relay.await();
            makeBlob(store.names().blob(digest));
        } catch (NoObjectException e) {
            throw segments.lost(e);
        }
        deleteFirst(there);
    }

    private void makeBlob(String key) throws IOException {
        Spool spool = relay.filling();
        long fetched = spool.sizeBytes();
        if (stored == 0 && unfetchedBytes == 0) {
            store.bucket().putBlob(key, spool);
        } else if (stored == 0) {
            store.bucket().copyToBlob(segments.key(0), tail.orElseThrow(), unfetchedBytes, key);
        } else {
            store.join(key, sizeBytes(), target -> {
                store.copies().copy(segments, sizeBytes() - fetched, target);
                if (fetched > 0) {
                    target.upload(Math.toIntExact(stored + 1), spool);
                }
            });
        }
    }

    /** The blob is there; what cannot be deleted now is found later. */
    private void deleteFirst(long count) {
        try {
            segments.deleteFirst(count);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "stage {0} stays behind: {1}", segments, e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (relay) {
            relay.await();
            if (differs && !failed) {
                put(stored, relay.filling(), tail);
            }
        }
    }
}
