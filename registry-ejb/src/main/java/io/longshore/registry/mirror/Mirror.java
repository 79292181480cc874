package io.longshore.registry.mirror;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.blob.BlobService;
import io.longshore.registry.blob.Reclaim;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Slice;
import io.longshore.registry.manifest.Adoption;
import io.longshore.registry.manifest.ManifestHead;
import io.longshore.registry.manifest.StoredManifest;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.referrer.Referrer;
import io.longshore.registry.storage.BlobStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where pulls go first: what belongs to an upstream is fetched if it is not here, and everything else is read as it lies.
 * Thread-safe.
 *
 * <p>All methods throw the reason of the upstream as a {@link RegistryException} if it does not give what is not here.
 */
public final class Mirror {
    private static final System.Logger LOG = System.getLogger(Mirror.class.getName());

    private final Upstreams upstreams;
    private final BlobService blobs;
    private final ManifestPulls manifestPulls;
    private final ReferrerPulls referrerPulls;
    private final BlobPulls blobPulls;
    private final Uses uses;
    private final Traffic traffic;
    private final Evictions evictions;

    /**
     * @param traffic has counted what upstreams are asked
     * @param reclaim is told which blobs repositories have lost
     * @param folder of temporary files, which need as much room as all blobs that are fetched at the same time
     * @param executor has a thread for each blob that is being fetched
     */
    public Mirror(
            Upstreams upstreams, Traffic traffic, Database database, BlobService blobs, BlobStore store,
            Reclaim reclaim, Path folder, Executor executor) {
        this.upstreams = upstreams;
        this.traffic = traffic;
        this.blobs = blobs;
        Adoption adoption = new Adoption(database);
        this.manifestPulls = new ManifestPulls(database, adoption);
        this.referrerPulls = new ReferrerPulls(database);
        this.blobPulls = new BlobPulls(database, blobs, adoption, store, folder, executor);
        this.uses = new Uses(database, Clock.systemUTC());
        this.evictions = new Evictions(database, reclaim);
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
     * A manifest.
     *
     * @param stored reads it where it is kept
     */
    public Pulled<StoredManifest> manifest(
            RepositoryName repository, Reference reference, Supplier<StoredManifest> stored) {
        Optional<MirroredRepository> mirrored = upstreams.find(repository);
        if (mirrored.isEmpty()) {
            return new Pulled<>(stored.get(), List.of());
        }
        Pulled<StoredManifest> pulled = manifestPulls.pull(mirrored.get(), reference, stored);
        uses.note(repository, pulled.content().digest(), true);
        mirrored.get().served(MirrorObserver.Kind.MANIFEST, pulled.content().content().length);
        return pulled;
    }

    /**
     * A manifest without its content.
     *
     * @param stored reads it where it is kept
     */
    public Pulled<ManifestHead> head(RepositoryName repository, Reference reference, Supplier<ManifestHead> stored) {
        Optional<MirroredRepository> mirrored = upstreams.find(repository);
        if (mirrored.isEmpty()) {
            return new Pulled<>(stored.get(), List.of());
        }
        Pulled<ManifestHead> pulled = manifestPulls.pull(mirrored.get(), reference, stored);
        uses.note(repository, pulled.content().digest(), true);
        return pulled;
    }

    /**
     * Referrers of a manifest.
     *
     * @param after exclusive start
     * @param stored reads the page of those that are kept, in the order of their digests
     */
    public Pulled<Slice<Referrer>> referrers(
            RepositoryName repository, Digest subject, Optional<String> artifactType, Optional<Digest> after, int limit,
            Supplier<Slice<Referrer>> stored) {
        Optional<MirroredRepository> mirrored = upstreams.find(repository);
        return mirrored.isPresent()
                ? referrerPulls.list(mirrored.get(), subject, artifactType, after, limit, stored.get())
                : new Pulled<>(stored.get(), List.of());
    }

    /**
     * A blob that can be read.
     *
     * @throws IOException if storage or disk fail
     */
    public MirroredBlob blob(RepositoryName repository, Digest digest) throws IOException {
        Optional<MirroredRepository> mirrored = upstreams.find(repository);
        if (mirrored.isEmpty()) {
            long sizeBytes = blobs.sizeOf(repository, digest);
            return new MirroredBlob(sizeBytes, true, position -> blobs.open(digest, sizeBytes, position));
        }
        MirroredBlob blob = blobPulls.pull(mirrored.get(), digest);
        uses.note(repository, digest, false);
        return blob;
    }

    /** The size of a blob in bytes. */
    public long sizeOf(RepositoryName repository, Digest digest) {
        Optional<MirroredRepository> mirrored = upstreams.find(repository);
        return mirrored.isPresent() ? blobPulls.sizeOf(mirrored.get(), digest) : blobs.sizeOf(repository, digest);
    }

    /** Something was pushed to a repository. If it is one of an upstream, that is kept whatever becomes of the rest. */
    public void pushed(RepositoryName repository, Digest digest, boolean isManifest) {
        if (upstreams.find(repository).isPresent()) {
            uses.pushed(new Uses.Use(repository, digest, isManifest));
        }
    }

    /** Writes what was noted in memory; to be called once a minute, and before the end. */
    public void write() {
        uses.write();
        traffic.write();
    }

    /** Writes what is left before the end; without the database, that is lost. */
    public void stop() {
        try {
            write();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "what was pulled from mirrors could not be written", e);
        }
    }

    /** Removes what nobody pulls, and what is too much; to be called once a minute, on every node. */
    public void evict() {
        upstreams.all().forEach(evictions::run);
    }

    /**
     * Removes what was fetched from an upstream; it is fetched again when somebody pulls it.
     *
     * @param repository one alone, by its name here
     * @param digest of a manifest or blob alone
     * @return how many manifests and blobs repositories have lost
     * @throws RegistryException.NotFound if this node knows no upstream of this name
     */
    public long drop(Actor actor, String upstream, Optional<RepositoryName> repository, Optional<Digest> digest) {
        Upstream known = upstreams.find(upstream);
        String what = Stream.of(repository, digest).flatMap(Optional::stream).map(Object::toString)
                .collect(Collectors.joining(" "));
        upstreams.recordDrop(actor, upstream, what);
        return evictions.drop(known, repository, digest);
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
