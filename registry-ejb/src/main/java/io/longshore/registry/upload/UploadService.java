package io.longshore.registry.upload;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.blob.BlobService;
import io.longshore.registry.database.Database;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageLostException;
import io.longshore.registry.upload.LiveUpload.Chunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/**
 * Receives blobs (OCI distribution-spec, "Pushing blobs"). Thread-safe. Bytes flow outside of every transaction: first
 * into a stage of the storage, then, their digest compared, into a blob, and only then does the database hear of it. A
 * crash leaves at most bytes that nothing links to.
 *
 * <p>An upload belongs to the subject that began it, with whatever token it comes. To everybody else it does not exist.
 */
public final class UploadService {
    private final Database database;
    private final BlobStore store;
    private final BlobService blobs;
    private final UploadTable sessions = new UploadTable();
    private final LiveUploads live;
    /** Chunks that come in now, and whose they are. Asked for without waiting for any of them. */
    private final Map<Chunk, UploadId> receiving = new ConcurrentHashMap<>();

    public UploadService(Database database, BlobStore store, BlobService blobs) {
        this.database = database;
        this.store = store;
        this.blobs = blobs;
        this.live = new LiveUploads(store);
    }

    /**
     * Opens a session (end-4a, end-4c). The repository need not exist, and does not because of it.
     *
     * @param algorithm of the digest that the upload will end with, as far as the client says
     */
    public UploadId start(Actor actor, RepositoryName repository, DigestAlgorithm algorithm) {
        UploadId id = UploadId.random();
        database.statement(tx -> {
            sessions.insert(tx, actor, id, repository, algorithm);
            return null;
        });
        return id;
    }

    /**
     * How many bytes of an upload are acknowledged (end-13).
     *
     * @throws RegistryException.NotFound {@link ErrorCode#BLOB_UPLOAD_UNKNOWN}
     */
    public long status(Actor actor, RepositoryName repository, UploadId id) {
        return row(actor, repository, id).sizeBytes;
    }

    /**
     * Appends a chunk (end-5). If it does not arrive whole, the upload stays where it was.
     *
     * @return how many bytes are acknowledged now
     * @throws RegistryException.NotFound {@link ErrorCode#BLOB_UPLOAD_UNKNOWN}
     * @throws RegistryException.OutOfOrder if the chunk does not begin where the last one ended
     * @throws RegistryException.Invalid {@link ErrorCode#SIZE_INVALID} if the body has another length than announced
     * @throws RegistryException.Refused {@link ErrorCode#BLOB_UPLOAD_INVALID} if another request went on with the
     *     upload
     * @throws IOException what the body's stream throws where it breaks off; else the storage failed
     */
    public long append(Actor actor, RepositoryName repository, UploadId id, Optional<ChunkRange> range, UploadBody body)
            throws IOException {
        UploadSession row = row(actor, repository, id, range);
        try {
            return append(live.at(row, recorder(id)), row, range, body);
        } catch (StageLostException e) {
            throw lost(row);
        }
    }

    private long append(LiveUpload upload, UploadSession row, Optional<ChunkRange> range, UploadBody body)
            throws IOException {
        UploadId id = new UploadId(row.id);
        Chunk chunk = upload.begin(store, upload.algorithm(), row.sizeBytes);
        boolean done = false;
        receiving.put(chunk, id);
        try {
            receive(body, range, chunk::write);
            upload.acknowledge(chunk, recorder(id));
            live.keep(id, upload);
            done = true;
            return chunk.progress().sizeBytes();
        } finally {
            receiving.remove(chunk);
            if (!done) {
                upload.abandon(chunk, store);
            }
        }
    }

    /**
     * Appends the last bytes, if any, and makes the upload a blob of its repository (end-6). It is durable when this
     * returns. If the digest is another, the upload stays where it was.
     *
     * @throws RegistryException.Invalid {@link ErrorCode#DIGEST_INVALID} if the bytes have another digest
     * @throws RegistryException as {@link #append}
     * @throws IOException as {@link #append}
     */
    public void finish(
            Actor actor,
            RepositoryName repository,
            UploadId id,
            Optional<ChunkRange> range,
            UploadBody body,
            Digest digest)
            throws IOException {
        Progress committed = committed(row(actor, repository, id, range), range, body, digest);
        // Whatever has become of the session since: these bytes are a blob, and this client has sent them.
        Optional<Progress> left = blobs.keep(digest, seen -> database.transaction(tx -> {
            blobs.add(actor, tx, repository, digest, committed.sizeBytes(), seen);
            return sessions.delete(tx, id);
        }));
        live.remove(id);
        if (left.isPresent() && !left.get().stage().equals(committed.stage())) {
            discard(left.get());
        }
    }

    private Progress committed(UploadSession row, Optional<ChunkRange> range, UploadBody body, Digest digest)
            throws IOException {
        try {
            LiveUpload upload = live.at(row, recorder(new UploadId(row.id)));
            Optional<Progress> before = upload.committedAs(digest);
            return before.isPresent() ? before.get() : commit(upload, row, range, body, digest);
        } catch (StageLostException e) {
            throw lost(row);
        }
    }

    private Progress commit(
            LiveUpload upload, UploadSession row, Optional<ChunkRange> range, UploadBody body, Digest digest)
            throws IOException {
        Chunk chunk = upload.beginLast(store, digest, row.sizeBytes);
        boolean done = false;
        receiving.put(chunk, new UploadId(row.id));
        try {
            receive(body, range, chunk::write);
            check(digest, digestOf(chunk, digest.algorithm()));
            Progress committed = upload.commit(chunk, store, digest);
            done = true;
            return committed;
        } finally {
            receiving.remove(chunk);
            if (!done) {
                upload.abandon(chunk, store);
            }
        }
    }

    private Digest digestOf(Chunk chunk, DigestAlgorithm algorithm) throws IOException {
        if (algorithm == chunk.algorithm()) {
            return chunk.digest();
        }
        chunk.close();
        try {
            return live.digest(chunk.progress(), algorithm);
        } finally {
            // A newer request may have cut the stage: whatever was read then, or failed to be, says nothing.
            chunk.checkCurrent();
        }
    }

    /**
     * Receives a whole blob in one go, without a session (end-4b). It is durable when this returns.
     *
     * @throws RegistryException.Invalid {@link ErrorCode#DIGEST_INVALID} or {@link ErrorCode#SIZE_INVALID}
     * @throws IOException as {@link #append}
     */
    public void push(Actor actor, RepositoryName repository, UploadBody body, Digest digest) throws IOException {
        long sizeBytes = stored(body, digest);
        blobs.keep(digest, seen -> database.statement(tx -> {
            blobs.add(actor, tx, repository, digest, sizeBytes, seen);
            return null;
        }));
    }

    private long stored(UploadBody body, Digest digest) throws IOException {
        Stage stage = store.begin(digest);
        boolean done = false;
        try (stage) {
            MessageDigest hash = digest.algorithm().newMessageDigest();
            receive(body, Optional.empty(), (bytes, length) -> {
                hash.update(bytes, 0, length);
                stage.write(ByteBuffer.wrap(bytes, 0, length));
            });
            check(digest, Digest.of(digest.algorithm(), hash));
            stage.commit(digest);
            done = true;
            return stage.sizeBytes();
        } finally {
            if (!done) {
                store.discard(stage.id());
            }
        }
    }

    /**
     * Gives an upload up (end-14). A chunk that is being received fails.
     *
     * @throws RegistryException.NotFound {@link ErrorCode#BLOB_UPLOAD_UNKNOWN}
     * @throws IOException if its bytes could not be removed; the upload is gone all the same
     */
    public void cancel(Actor actor, RepositoryName repository, UploadId id) throws IOException {
        row(actor, repository, id);
        Progress left = database.statement(tx -> sessions.delete(tx, id)).orElseThrow(() -> unknown(id));
        Optional<LiveUpload> upload = live.remove(id);
        if (upload.isPresent()) {
            upload.get().cancel();
        }
        discard(left);
    }

    /**
     * Says in the database that the uploads of which this node is receiving bytes are not given up. To be called much
     * more often than uploads are purged by age: a chunk may take hours.
     */
    public void touchReceiving() {
        Set<UploadId> ids = Set.copyOf(receiving.values());
        if (!ids.isEmpty()) {
            database.statement(tx -> {
                sessions.touch(tx, ids);
                return null;
            });
        }
    }

    /** Removes the bytes of a session that is gone from the database. */
    private void discard(Progress left) throws IOException {
        if (left.stage().isPresent()) {
            store.discard(left.stage().get());
        }
    }

    private UploadSession row(Actor actor, RepositoryName repository, UploadId id, Optional<ChunkRange> range) {
        UploadSession row = row(actor, repository, id);
        if (range.isPresent() && range.get().start() != row.sizeBytes) {
            throw new RegistryException.OutOfOrder(row.sizeBytes);
        }
        return row;
    }

    private UploadSession row(Actor actor, RepositoryName repository, UploadId id) {
        return database.statement(tx -> sessions.find(tx, id))
                .filter(row -> row.isOf(actor, repository))
                .orElseThrow(() -> unknown(id));
    }

    private BiPredicate<Progress, Progress> recorder(UploadId id) {
        return (before, after) -> database.statement(tx -> sessions.advance(tx, id, before, after));
    }

    /**
     * What to answer when the bytes of an upload are not where {@code before} says: did another request move on? The
     * session stays: another node may be making a blob of those bytes this very moment, and what is truly lost will be
     * purged.
     */
    private RegistryException lost(UploadSession before) {
        UploadId id = new UploadId(before.id);
        boolean moved = database.statement(tx -> sessions.find(tx, id))
                .filter(now -> !now.progress().equals(before.progress()))
                .isPresent();
        return moved ? LiveUpload.superseded(id) : unknown(id);
    }

    private static void receive(UploadBody body, Optional<ChunkRange> range, UploadBody.Sink sink)
            throws IOException {
        long received = body.copyTo(sink);
        if (range.isPresent() && range.get().sizeBytes() != received) {
            throw new RegistryException.Invalid(
                    ErrorCode.SIZE_INVALID,
                    "the body has another length than its Content-Range",
                    "said " + range.get().sizeBytes() + ", sent " + received);
        }
    }

    private static void check(Digest announced, Digest actual) {
        if (!announced.equals(actual)) {
            throw new RegistryException.Invalid(
                    ErrorCode.DIGEST_INVALID, "the bytes have another digest: " + actual, announced.toString());
        }
    }

    private static RegistryException unknown(UploadId id) {
        return new RegistryException.NotFound(
                ErrorCode.BLOB_UPLOAD_UNKNOWN, "no such upload; begin a new one", id.toString());
    }
}
