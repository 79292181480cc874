package io.longshore.registry.upload;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StorageFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * A session as the node that received its last chunk knows it: how far it has come, and the hash up to there.
 *
 * <p>Only one chunk is written at a time. A newer request takes the place of an older one, whose client is most likely
 * gone: the older writes nothing more from then on and fails.
 */
final class LiveUpload {
    private final UploadId id;

    private DigestAlgorithm algorithm;
    private MessageDigest acknowledgedHash;
    private Progress acknowledged;
    private Chunk current;
    private Optional<Commit> commit = Optional.empty();
    /**
     * Whether the storage failed during a chunk. Over a network it may yet do what it was told, so nothing more is
     * written to the stage; the acknowledged bytes are taken over into another.
     */
    private volatile boolean inDoubt;

    /** That the upload, so far as {@code progress}, lies in the storage as a blob. */
    private record Commit(Digest digest, Progress progress) {}

    /** {@code acknowledgedHash} was fed the acknowledged bytes and is the new owner's alone. */
    LiveUpload(UploadId id, DigestAlgorithm algorithm, Progress acknowledged, MessageDigest acknowledgedHash) {
        this.id = id;
        this.algorithm = algorithm;
        this.acknowledged = acknowledged;
        this.acknowledgedHash = acknowledgedHash;
    }

    synchronized DigestAlgorithm algorithm() {
        return algorithm;
    }

    /** Whether to go on from here: not if another node did, as the database knows, nor if the stage is in doubt. */
    synchronized boolean stands(Progress row) {
        return !inDoubt && acknowledged.equals(row);
    }

    /** How far the upload had come that lies in the storage as this blob already; only the database may not know. */
    synchronized Optional<Progress> committedAs(Digest digest) {
        return commit.filter(done -> done.digest().equals(digest)).map(Commit::progress);
    }

    /**
     * Begins to write at {@code startBytes}, hashing with {@code wanted} where that is still open. Fails if another
     * request was acknowledged since this one looked where the upload ends: its bytes do not belong there any more.
     */
    Chunk begin(BlobStore store, DigestAlgorithm wanted, long startBytes) throws IOException {
        return begin(store, store::begin, wanted, startBytes);
    }

    /** As {@link #begin}, the last chunk: what it makes, if it is the first one too, is this blob or nothing. */
    Chunk beginLast(BlobStore store, Digest digest, long startBytes) throws IOException {
        return begin(store, () -> store.begin(digest), digest.algorithm(), startBytes);
    }

    /** Opens a stage. */
    @FunctionalInterface
    private interface FreshStage {
        Stage open() throws IOException;
    }

    private synchronized Chunk begin(BlobStore store, FreshStage fresh, DigestAlgorithm wanted, long startBytes)
            throws IOException {
        if (acknowledged.sizeBytes() != startBytes) {
            throw superseded(id);
        }
        if (current != null) {
            current.supersede();
        }
        if (inDoubt) {
            throw superseded(id);
        }
        if (acknowledged.sizeBytes() == 0 && wanted != algorithm) {
            algorithm = wanted;
            acknowledgedHash = wanted.newMessageDigest();
        }
        Stage stage = acknowledged.stage().isPresent()
                ? store.resume(acknowledged.stage().get(), acknowledged.sizeBytes())
                : fresh.open();
        current = new Chunk(stage, algorithm, copyOf(acknowledgedHash));
        return current;
    }

    /**
     * Takes a chunk as acknowledged if {@code recorded} says that the database does. No other chunk can begin
     * meanwhile.
     */
    synchronized void acknowledge(Chunk chunk, BiPredicate<Progress, Progress> recorded) throws IOException {
        chunk.checkCurrent();
        chunk.close();
        chunk.mayBeRecorded = true;
        if (!recorded.test(acknowledged, chunk.progress())) {
            chunk.mayBeRecorded = false;
            throw superseded(id);
        }
        acknowledged = chunk.progress();
        acknowledgedHash = chunk.hash;
    }

    /**
     * Makes acknowledged bytes and chunk the blob {@code digest}, and returns how far they go. No other chunk can begin
     * meanwhile.
     */
    synchronized Progress commit(Chunk chunk, BlobStore store, Digest digest) throws IOException {
        chunk.commit(store, digest);
        commit = Optional.of(new Commit(digest, chunk.progress()));
        return chunk.progress();
    }

    /**
     * Ends a chunk that was given up. What was acknowledged stays, and so does what may have been: where the answer of
     * the database was lost, a stage too many harms less than one that the database knows and that is not there.
     */
    synchronized void abandon(Chunk chunk, BlobStore store) throws IOException {
        chunk.close();
        boolean keeps = acknowledged.stage().equals(Optional.of(chunk.stage.id()));
        if (!keeps && !chunk.mayBeRecorded) {
            store.discard(chunk.stage.id());
        }
    }

    /** Ends the chunk that is being written, if there is one, for good. */
    synchronized void cancel() throws IOException {
        if (current != null) {
            current.supersede();
        }
    }

    static RegistryException superseded(UploadId id) {
        return new RegistryException.Refused(
                RegistryException.Kind.CONFLICT,
                ErrorCode.BLOB_UPLOAD_INVALID,
                "another request went on with this upload; ask for its status",
                id.toString());
    }

    private static MessageDigest copyOf(MessageDigest hash) {
        try {
            return (MessageDigest) hash.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own hashes can be copied", e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /** Bytes being received. Nothing of them counts before {@link LiveUpload#acknowledge}. */
    final class Chunk {
        private final Stage stage;
        private final DigestAlgorithm hashedWith;
        private final MessageDigest hash;
        private boolean superseded;
        private boolean closed;
        /** Guarded by the upload. */
        private boolean mayBeRecorded;

        private Chunk(Stage stage, DigestAlgorithm hashedWith, MessageDigest hash) {
            this.stage = stage;
            this.hashedWith = hashedWith;
            this.hash = hash;
        }

        /** How far the upload will have come with this chunk. */
        Progress progress() {
            return new Progress(stage.sizeBytes(), Optional.of(stage.id()));
        }

        DigestAlgorithm algorithm() {
            return hashedWith;
        }

        /** The digest of all bytes of the upload, these included, by {@link #algorithm}. */
        Digest digest() {
            return Digest.of(hashedWith, copyOf(hash));
        }

        synchronized void write(byte[] bytes, int length) throws IOException {
            checkCurrent();
            hash.update(bytes, 0, length);
            attempt(() -> stage.write(ByteBuffer.wrap(bytes, 0, length)));
        }

        /** Fails if another request took the place of this one: what lies in the stage is no longer its own. */
        synchronized void checkCurrent() {
            if (superseded) {
                throw LiveUpload.superseded(id);
            }
        }

        /** Once this returns, nothing more is written through this chunk. */
        private synchronized void supersede() throws IOException {
            superseded = true;
            attempt(stage::close);
        }

        private synchronized void commit(BlobStore store, Digest digest) throws IOException {
            checkCurrent();
            if (!closed) {
                attempt(() -> stage.commit(digest));
                return;
            }
            try (Stage again = store.resume(stage.id(), stage.sizeBytes())) {
                attempt(() -> again.commit(digest));
            }
        }

        /** Ends writing; idempotent. */
        synchronized void close() throws IOException {
            closed = true;
            attempt(stage::close);
        }

        private void attempt(Step step) throws IOException {
            try {
                step.run();
            } catch (StorageFullException refused) {
                throw refused;
            } catch (IOException e) {
                inDoubt = true;
                throw e;
            }
        }
    }
}
