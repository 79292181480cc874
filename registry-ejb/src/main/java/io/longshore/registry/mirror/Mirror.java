package io.longshore.registry.mirror;

import io.longshore.registry.blob.BlobService;
import io.longshore.registry.database.Database;
import io.longshore.registry.manifest.Adoption;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.storage.BlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Where pulls go first: what belongs to an upstream is fetched if it is not here, and everything else is read as it lies.
 * Thread-safe.
 *
 * <p>All methods throw the reason of the upstream as a {@link RegistryException} if it does not give what is not here.
 */
public final class Mirror {
    private final Upstreams upstreams;
    private final BlobService blobs;
    private final ManifestPulls manifestPulls;
    private final BlobPulls blobPulls;

    /**
     * @param folder of temporary files, which need as much room as all blobs that are fetched at the same time
     * @param executor has a thread for each blob that is being fetched
     */
    public Mirror(
            Upstreams upstreams, Database database, BlobService blobs, BlobStore store, Path folder,
            Executor executor) {
        this.upstreams = upstreams;
        this.blobs = blobs;
        Adoption adoption = new Adoption(database);
        this.manifestPulls = new ManifestPulls(database, adoption);
        this.blobPulls = new BlobPulls(database, blobs, adoption, store, folder, executor);
    }

    /** Whether other registries are mirrored, so that clients may mean one of them. */
    public boolean hasUpstreams() {
        return upstreams.any();
    }

    /**
     * What a repository is called here that a client knows as one of another registry (OCI distribution-spec, "Registry
     * Proxying").
     *
     * @param namespace the host of that registry, as clients write it
     * @throws RegistryException.NotFound if that registry, or this repository of it, is not mirrored
     */
    public RepositoryName localName(String namespace, RepositoryName there) {
        return upstreams.ofNamespace(namespace)
                .map(source -> source.upstream().localName(there))
                .filter(here -> upstreams.find(here).isPresent())
                .orElseThrow(() -> new RegistryException.NotFound(
                        ErrorCode.NAME_UNKNOWN, "this repository of the other registry is not mirrored here",
                        there.toString()));
    }

    /**
     * A manifest, or what is known of it.
     *
     * @param stored reads it where it is kept
     */
    public <T> Pulled<T> manifest(RepositoryName repository, Reference reference, Supplier<T> stored) {
        Optional<MirroredRepository> mirrored = upstreams.find(repository);
        return mirrored.isPresent()
                ? manifestPulls.pull(mirrored.get(), reference, stored)
                : new Pulled<>(stored.get(), List.of());
    }

    /**
     * A blob that can be read.
     *
     * @throws IOException if storage or disk fail
     */
    public MirroredBlob blob(RepositoryName repository, Digest digest) throws IOException {
        Optional<MirroredRepository> mirrored = upstreams.find(repository);
        if (mirrored.isPresent()) {
            return blobPulls.pull(mirrored.get(), digest);
        }
        long sizeBytes = blobs.sizeOf(repository, digest);
        return new MirroredBlob(sizeBytes, true, position -> blobs.open(digest, sizeBytes, position));
    }

    /** The size of a blob in bytes. */
    public long sizeOf(RepositoryName repository, Digest digest) {
        Optional<MirroredRepository> mirrored = upstreams.find(repository);
        return mirrored.isPresent() ? blobPulls.sizeOf(mirrored.get(), digest) : blobs.sizeOf(repository, digest);
    }

    /** @throws RegistryException.Refused if nothing may be pushed to this repository, as it is one of an upstream */
    public void requirePushable(RepositoryName repository) {
        Optional<MirroredRepository> mirrored = upstreams.find(repository);
        if (mirrored.isPresent() && !mirrored.get().upstream().config().pushable()) {
            throw new RegistryException.Refused(
                    RegistryException.Kind.NOT_ALLOWED, ErrorCode.UNSUPPORTED,
                    repository + " is a mirror of another registry: push to that one", "");
        }
    }
}
