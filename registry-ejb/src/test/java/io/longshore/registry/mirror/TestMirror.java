package io.longshore.registry.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.audit.Audit;
import io.longshore.registry.blob.BlobService;
import io.longshore.registry.blob.Reclaim;
import io.longshore.registry.config.MirrorConfig;
import io.longshore.registry.config.Secret;
import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.database.Database;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.manifest.StoredManifest;
import io.longshore.registry.manifest.TestPolicy;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.seal.Seal;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobStore;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A mirror, as one node of a registry has it. */
final class TestMirror implements AutoCloseable {
    static final Seal SEAL = Seal.of(Optional.of(Secret.of("a secret of some length")), "test", "application/json");
    static final UpstreamConfig.Limits LIMITS = new UpstreamConfig.Limits(64, OptionalInt.empty());
    static final UpstreamConfig.Keeping FOR_EVER = new UpstreamConfig.Keeping(Optional.empty(), Optional.empty());

    final Mirror mirror;
    final BlobService blobs;
    final ManifestService manifests;
    final Reclaim reclaim;
    volatile boolean readOnly;
    final Upstreams upstreams;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Future<?>> fetches = new ConcurrentLinkedQueue<>();

    TestMirror(Database database, BlobStore store, Path folder, UpstreamConfig... upstreams) {
        this.blobs = new BlobService(database, store);
        this.manifests = new ManifestService(database, TestPolicy.COMPLETE);
        Traffic traffic = new Traffic(database, MirrorObserver.NONE);
        Upstreams known = new Upstreams(
                database, new Audit(database), SEAL, new MirrorConfig(List.of(upstreams)), traffic,
                () -> readOnly);
        known.adopt();
        this.reclaim = new Reclaim(database, store, Duration.ZERO);
        this.mirror = new Mirror(known, traffic, database, blobs, store, reclaim, folder, this::fetch);
        this.upstreams = known;
    }

    private void fetch(Runnable work) {
        fetches.add(threads.submit(work));
    }

    /** One whose tags have to be asked for each time, unless {@code tagLifetime} is longer. */
    static UpstreamConfig upstream(String name, URI url, String prefix, Duration tagLifetime) {
        return new UpstreamConfig(
                name, url, Optional.empty(),
                new UpstreamConfig.Place(prefix, Set.of(), List.of(RepositoryPattern.ALL)), tagLifetime, FOR_EVER,
                LIMITS, UpstreamConfig.Trust.USUAL, false);
    }

    Pulled<StoredManifest> manifest(String repository, Reference reference) {
        RepositoryName name = RepositoryName.parse(repository);
        return mirror.manifest(name, reference, () -> manifests.get(name, reference));
    }

    /** All of a blob, as a client would get it. */
    byte[] blob(String repository, Digest digest) throws IOException {
        return blob(repository, digest, 0);
    }

    /** A blob from a position on. */
    byte[] blob(String repository, Digest digest, int position) throws IOException {
        MirroredBlob blob = mirror.blob(RepositoryName.parse(repository), digest);
        try (BlobContent content = blob.opener().at(position)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) blob.sizeBytes() - position);
            while (bytes.hasRemaining()) {
                assertThat(content.read(bytes, position + bytes.position())).isPositive();
            }
            return bytes.array();
        }
    }

    /** Returns when all that is fetched is stored, or has failed. */
    void awaitFetches() {
        for (Future<?> fetch = fetches.poll(); fetch != null; fetch = fetches.poll()) {
            try {
                fetch.get();
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while fetches ended", e);
            }
        }
    }

    /** Ends when all that is fetched is stored, or has failed. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while fetches ended", e);
        }
    }
}
