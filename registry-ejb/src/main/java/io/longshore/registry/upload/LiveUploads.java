package io.longshore.registry.upload;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * The uploads whose running hash this node knows. The JDK's SHA-256 is several times faster than one whose state could
 * be written down, so the state lives here only, and a node that lacks it hashes the acknowledged bytes again.
 */
final class LiveUploads {
    private static final long MOST = 10_000;
    private static final Duration IDLE = Duration.ofHours(1);
    private static final int COPY_BUFFER = 256 * 1024;

    private final BlobStore store;
    private final Cache<UploadId, LiveUpload> uploads =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(IDLE).build();

    LiveUploads(BlobStore store) {
        this.store = store;
    }

    /**
     * The upload as it stands in the database.
     *
     * @param recorded writes progress down if the session still stands where it was, and says whether it did
     */
    LiveUpload at(UploadSession row, BiPredicate<Progress, Progress> recorded) throws IOException {
        UploadId id = new UploadId(row.id);
        LiveUpload known = uploads.get(id, absent -> row.stage == null ? fresh(row) : null);
        if (known != null && known.stands(row.progress())) {
            return known;
        }
        LiveUpload taken = takeOver(row, recorded);
        uploads.put(id, taken);
        return taken;
    }

    /** Knows an upload again, which may have been forgotten while a chunk of it came in for hours. */
    void keep(UploadId id, LiveUpload upload) {
        uploads.put(id, upload);
    }

    Optional<LiveUpload> remove(UploadId id) {
        return Optional.ofNullable(uploads.asMap().remove(id));
    }

    private static LiveUpload fresh(UploadSession row) {
        DigestAlgorithm algorithm = DigestAlgorithm.parse(row.algorithm);
        return new LiveUpload(new UploadId(row.id), algorithm, row.progress(), algorithm.newMessageDigest());
    }

    /**
     * Goes on with an upload that another node, or this one before a restart, has received, or whose stage is in doubt
     * since the storage failed. Somebody may still write there, so that stage is left alone: the acknowledged bytes go
     * into one of our own.
     */
    private LiveUpload takeOver(UploadSession row, BiPredicate<Progress, Progress> recorded) throws IOException {
        DigestAlgorithm algorithm = DigestAlgorithm.parse(row.algorithm);
        MessageDigest hash = algorithm.newMessageDigest();
        Progress before = row.progress();
        Progress after = copied(before, hash);
        if (!recorded.test(before, after)) {
            store.discard(after.stage().orElseThrow());
            throw LiveUpload.superseded(new UploadId(row.id));
        }
        if (before.stage().isPresent()) {
            store.discard(before.stage().get());
        }
        return new LiveUpload(new UploadId(row.id), algorithm, after, hash);
    }

    /** Copies what was received into a new stage, and feeds it to {@code hash}. */
    private Progress copied(Progress from, MessageDigest hash) throws IOException {
        Stage stage = store.begin();
        boolean done = false;
        try (stage) {
            read(from, buffer -> {
                hash.update(buffer.duplicate());
                stage.write(buffer);
            });
            stage.close();
            done = true;
            return new Progress(stage.sizeBytes(), Optional.of(stage.id()));
        } finally {
            if (!done) {
                store.discard(stage.id());
            }
        }
    }

    /** The digest of an upload by an algorithm that its session did not announce. */
    Digest digest(Progress progress, DigestAlgorithm algorithm) throws IOException {
        MessageDigest hash = algorithm.newMessageDigest();
        read(progress, hash::update);
        return Digest.of(algorithm, hash);
    }

    private void read(Progress progress, Sink sink) throws IOException {
        if (progress.sizeBytes() == 0) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate(COPY_BUFFER);
        try (ReadableByteChannel bytes = store.readStage(progress.stage().orElseThrow(), progress.sizeBytes())) {
            while (bytes.read(buffer) >= 0) {
                sink.accept(buffer.flip());
                buffer.clear();
            }
        }
    }

    @FunctionalInterface
    private interface Sink {
        void accept(ByteBuffer bytes) throws IOException;
    }
}
