package io.longshore.registry.storage.s3;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import io.longshore.registry.storage.object.ObjectNames;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Blobs in a bucket of S3 or of a store that speaks its API. Thread-safe. A blob has at most 10,000 times as many bytes
 * as a chunk.
 *
 * <p>What an object store cannot promise: where the connection of a reader breaks after the blob was deleted or
 * replaced, reading onwards ends with {@link BlobLostException}.
 */
public final class S3BlobStore implements BlobStore {
    private final Bucket bucket;
    private final ObjectNames names;
    private final long chunkBytes;
    private final Copies copies;
    /** As many as uploads that send something. */
    private final ExecutorService senders = Executors.newCachedThreadPool(S3BlobStore::sender);
    private final Addresses addresses;
    private final RetryCount retries;
    private final AwsCredentialsProvider credentials;
    private final Path spoolDirectory = Path.of(System.getProperty("java.io.tmpdir"));

    private S3BlobStore(S3Settings settings, Patience patience) {
        Connections connections = new Connections(settings.access(), patience);
        names = new ObjectNames(settings.rootDirectory());
        chunkBytes = settings.writing().chunkBytes();
        retries = new RetryCount();
        credentials = Connections.credentials(settings.credentials());
        bucket = new Bucket(connections.client(credentials, retries), settings.bucket(), settings.writing(), patience);
        addresses = new Addresses(connections.presigner(credentials), settings.bucket(), settings.addressLifetime());
        copies = new Copies(settings.writing().copyConcurrency(), spoolDirectory);
    }

    /**
     * Opens the store and tries out all that it needs. The caller closes it.
     *
     * @throws IOException if the store does not do what it must; the message says what to change, and holds no secret
     */
    public static S3BlobStore open(S3Settings settings) throws IOException {
        return open(settings, Patience.USUAL);
    }

    static S3BlobStore open(S3Settings settings, Patience patience) throws IOException {
        S3BlobStore store = new S3BlobStore(settings, patience);
        boolean done = false;
        try {
            new StartCheck(store.bucket, store.names, settings, store.spoolDirectory).run();
            done = true;
            return store;
        } finally {
            if (!done) {
                store.close();
            }
        }
    }

    private static Thread sender(Runnable work) {
        Thread thread = new Thread(work, "longshore-s3-send");
        thread.setDaemon(true);
        return thread;
    }

    /** How often a request was repeated because the store was away or asked too much. */
    public long retries() {
        return retries.sum();
    }

    Bucket bucket() {
        return bucket;
    }

    ObjectNames names() {
        return names;
    }

    Copies copies() {
        return copies;
    }

    Relay newRelay() {
        return new Relay(senders, spoolDirectory);
    }

    /** Sends parts to a multipart upload. */
    @FunctionalInterface
    interface Parts {
        void sendTo(Multipart target) throws IOException;
    }

    /** Makes an object of {@code sizeBytes} of parts, or none. */
    void join(String key, long sizeBytes, Parts parts) throws IOException {
        Multipart multipart = Multipart.begin(bucket, key);
        boolean done = false;
        try {
            parts.sendTo(multipart);
            multipart.complete(sizeBytes);
            done = true;
        } finally {
            if (!done) {
                multipart.abort();
            }
        }
    }

    @Override
    public Stage begin() {
        return SegmentStage.begin(this, segments(StageName.random(chunkBytes)));
    }

    @Override
    public Stage begin(Digest digest) {
        return new DirectStage(this, digest, StageName.random(chunkBytes));
    }

    @Override
    public Stage resume(StageId id, long sizeBytes) throws IOException {
        return SegmentStage.resume(this, segmentsOf(id), sizeBytes);
    }

    @Override
    public ReadableByteChannel readStage(StageId id, long sizeBytes) throws IOException {
        Segments segments = segmentsOf(id);
        segments.last(sizeBytes);
        return new SegmentsChannel(segments, sizeBytes);
    }

    private Segments segmentsOf(StageId id) throws StageLostException {
        return StageName.parse(id.value())
                .map(this::segments)
                .orElseThrow(() -> new StageLostException("no stage " + id + " in the bucket"));
    }

    private Segments segments(StageName name) {
        return new Segments(bucket, names.uploads(), name);
    }

    @Override
    public void discard(StageId id) throws IOException {
        Optional<UploadName> upload = UploadName.parse(id);
        if (upload.isPresent()) {
            Multipart.abort(bucket, names.blob(upload.get().digest()), upload.get().uploadId());
            return;
        }
        Optional<StageName> stage = StageName.parse(id.value());
        if (stage.isPresent()) {
            segments(stage.get()).deleteAll();
        }
    }

    @Override
    public Stream<StageId> untouchedSince(Instant instant) {
        return new Leftovers(bucket, names).untouchedSince(instant);
    }

    @Override
    public BlobContent open(Digest digest, long position) throws IOException {
        try {
            return new S3Content(digest, ObjectReader.open(bucket, names.blob(digest), position));
        } catch (NoObjectException e) {
            throw new BlobLostException("no blob " + digest + " in the bucket", e);
        }
    }

    @Override
    public boolean delete(Digest digest) throws IOException {
        String key = names.blob(digest);
        try {
            bucket.head(key);
        } catch (NoObjectException e) {
            return false;
        }
        bucket.delete(key);
        return true;
    }

    @Override
    public Optional<URI> address(Digest digest) throws IOException {
        return Optional.of(addresses.of(names.blob(digest)));
    }

    @Override
    public void close() {
        copies.close();
        senders.shutdownNow();
        addresses.close();
        bucket.close();
        if (credentials instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
