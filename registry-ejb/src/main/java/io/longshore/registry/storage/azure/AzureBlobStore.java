package io.longshore.registry.storage.azure;

import com.azure.core.http.HttpClient;
import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/**
 * Blobs as objects in a container of Azure Blob Storage, named as distribution names them, and stages as block blobs
 * beside them. Thread-safe; several nodes may share a container.
 *
 * <p>What differs from other drivers:
 *
 * <ul>
 *   <li>A blob that is deleted or replaced while it is read is read to its end only as long as the connection lasts.
 *   <li>A blob larger than 256 MiB that was written in several requests is copied to its place by Azure in its own
 *       time: until then it is absent. If one of its size is there already, that one is kept.
 *   <li>Blocks that a process left behind when it ended in the middle of a request are no stage: Azure removes them
 *       after a week.
 * </ul>
 */
public final class AzureBlobStore implements BlobStore {
    private final AzureSettings settings;
    private final AzureContainer container;
    private final AzureNames names;
    private final AzureStore store;
    private final ExecutorService threads;

    private AzureBlobStore(
            AzureSettings settings, AzureContainer container, Limits limits, ExecutorService threads) {
        this.settings = settings;
        this.threads = threads;
        this.container = container;
        this.names = new AzureNames(settings.rootDirectory(), settings.legacyRootPrefix());
        this.store = new AzureStore(
                container, names, limits.blockBytes(), Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * Opens the store after it has written, read and deleted a small object there. The caller closes it.
     *
     * @throws IOException whose message says what to do, and holds nothing that must not be seen
     */
    public static AzureBlobStore open(AzureSettings settings) throws IOException {
        ExecutorService threads = Connection.threads();
        return open(
                settings, Connection.httpClient(java.net.http.HttpClient.newBuilder().executor(threads)),
                Limits.OF_AZURE, threads);
    }

    static AzureBlobStore open(AzureSettings settings, HttpClient http, Limits limits) throws IOException {
        return open(settings, http, limits, Connection.threads());
    }

    private static AzureBlobStore open(
            AzureSettings settings, HttpClient http, Limits limits, ExecutorService threads) throws IOException {
        boolean opened = false;
        try {
            AzureContainer container = new AzureContainer(settings, http, limits, threads);
            AzureBlobStore store = new AzureBlobStore(settings, container, limits, threads);
            new StartCheck(settings, container, store.names, Clock.systemUTC()).run();
            opened = true;
            return store;
        } finally {
            if (!opened) {
                close(threads);
            }
        }
    }

    /** How many requests were tried again since the store was opened. */
    public long retries() {
        return container.calls().retries();
    }

    @Override
    public Stage begin() {
        StageId id = AzureNames.newStage();
        return new AzureStage(id, store, BlockWriter.begin(container, names.uploads() + id), 0);
    }

    @Override
    public Stage resume(StageId id, long sizeBytes) throws IOException {
        String name = stageName(id);
        BlockListing listing;
        try {
            listing = container.blocks(name);
        } catch (RefusedException e) {
            throw e.isMissingObject() ? noStage(id) : e;
        }
        requireAtLeast(id, BlockWriter.sizeBytes(listing.blocks()), sizeBytes);
        BlockWriter blocks = BlockWriter.resume(container, name, listing, sizeBytes);
        return new AzureStage(id, store, blocks, sizeBytes - blocks.sizeBytes());
    }

    @Override
    public ReadableByteChannel readStage(StageId id, long sizeBytes) throws IOException {
        AzureContent content;
        try {
            content = AzureContent.open(container, stageName(id), null, 0);
        } catch (RefusedException e) {
            throw e.isMissingObject() ? noStage(id) : e;
        }
        try {
            requireAtLeast(id, content.sizeBytes(), sizeBytes);
            return new PrefixChannel(content, sizeBytes);
        } catch (StageLostException e) {
            content.close();
            throw e;
        }
    }

    @Override
    public void discard(StageId id) throws IOException {
        Optional<String> name = names.stage(id);
        if (name.isPresent()) {
            container.delete(name.get());
        }
    }

    @Override
    public Stream<StageId> untouchedSince(Instant instant) throws IOException {
        return container.list(names.uploads())
                .filter(object -> object.getProperties().getLastModified().toInstant().isBefore(instant))
                .flatMap(object -> names.stageNamed(object.getName()).stream());
    }

    @Override
    public BlobContent open(Digest digest, long position) throws IOException {
        String name = names.blob(digest);
        try {
            return AzureContent.open(container, name, null, position);
        } catch (RefusedException e) {
            throw e.isMissingObject() ? new BlobLostException("no blob at " + name, e) : e;
        }
    }

    @Override
    public boolean delete(Digest digest) throws IOException {
        return container.delete(names.blob(digest));
    }

    @Override
    public Optional<URI> address(Digest digest) throws IOException {
        String url = container.signatures().readUrl(names.blob(digest), settings.addressLifetime());
        String endpoint = withoutSlash(settings.endpoint());
        String shown = settings.publicEndpoint().map(AzureBlobStore::withoutSlash).orElse(endpoint);
        return Optional.of(URI.create(url.replaceFirst("^\\Q" + endpoint + "\\E", shown)));
    }

    /**
     * Ends the threads of the store, and those that the Azure libraries share within this application; requests under
     * way fail. What Java 17 cannot end is the selector thread of the HTTP client, {@code HttpClient-…-SelectorManager}:
     * it ends when the store is garbage.
     */
    @Override
    public void close() {
        close(threads);
    }

    private static void close(ExecutorService threads) {
        threads.shutdownNow();
        Connection.endSharedThreads();
    }

    private static String withoutSlash(URI endpoint) {
        return endpoint.toString().replaceFirst("/+$", "");
    }

    private String stageName(StageId id) throws StageLostException {
        return names.stage(id).orElseThrow(() -> noStage(id));
    }

    private static StageLostException noStage(StageId id) {
        return new StageLostException("no stage " + id);
    }

    private static void requireAtLeast(StageId id, long actualBytes, long wantedBytes) throws StageLostException {
        if (actualBytes < wantedBytes) {
            throw new StageLostException("stage " + id + " holds " + actualBytes + " bytes, not " + wantedBytes);
        }
    }
}
