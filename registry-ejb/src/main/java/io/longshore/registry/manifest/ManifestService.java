package io.longshore.registry.manifest;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.DatabaseException;
import io.longshore.registry.manifest.PushTable.Outcome;
import io.longshore.registry.manifest.ReferenceTable.Found;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The manifests of repositories. Thread-safe. */
public final class ManifestService {
    private static final int ATTEMPTS = 10;

    /** A short request must not make for a long reply. */
    private static final int MOST_ERRORS = 100;

    private final Database database;
    private final ManifestPolicy policy;
    private final ManifestTable manifests = new ManifestTable();
    private final ReferenceTable references = new ReferenceTable();
    private final PushTable pushes = new PushTable();
    private final RetypeTable retypes = new RetypeTable();

    public ManifestService(Database database, ManifestPolicy policy) {
        this.database = database;
        this.policy = policy;
    }

    /**
     * A manifest without its content (OCI distribution-spec, end-3, HEAD).
     *
     * @throws RegistryException.NotFound {@link ErrorCode#MANIFEST_UNKNOWN}
     */
    public ManifestHead head(RepositoryName repository, Reference reference) {
        return database.statement(tx -> manifests.head(tx, repository, reference))
                .orElseThrow(() -> unknown(repository, reference));
    }

    /**
     * A manifest (end-3, GET).
     *
     * @throws RegistryException.NotFound {@link ErrorCode#MANIFEST_UNKNOWN}
     */
    public StoredManifest get(RepositoryName repository, Reference reference) {
        return database.statement(tx -> manifests.find(tx, repository, reference))
                .orElseThrow(() -> unknown(repository, reference));
    }

    /**
     * What a push made.
     *
     * @param manifest what was understood of the bytes
     */
    public record Pushed(Digest digest, Manifest manifest) {}

    /**
     * Stores a manifest under a tag (end-7a). Manifest, references and tag are there together, durably, or not at all.
     * One that is there already takes the media type of this push, and needs what it needs as such.
     *
     * @param contentType of the request; null if it had none
     * @throws RegistryException.Invalid {@link ErrorCode#MANIFEST_INVALID}, also for a URL that is not permitted
     * @throws RegistryException.NotFound {@link ErrorCode#MANIFEST_BLOB_UNKNOWN}, once for each digest that is
     *     missing, and after the first 100 how many more there are
     * @throws RegistryException.Unavailable if others pushed the same again and again meanwhile
     */
    public Pushed push(Actor actor, RepositoryName repository, Tag tag, byte[] content, String contentType) {
        Digest digest = Digest.of(DigestAlgorithm.SHA256, content);
        return pushed(actor, repository, digest, List.of(tag), content, contentType);
    }

    /**
     * Stores a manifest under its digest and any number of tags (end-7a, end-7b).
     *
     * @throws RegistryException.Invalid {@link ErrorCode#DIGEST_INVALID} if the bytes have another digest
     * @throws RegistryException as {@link #push(Actor, RepositoryName, Tag, byte[], String)}
     */
    public Pushed push(
            Actor actor,
            RepositoryName repository,
            Digest digest,
            Collection<Tag> tags,
            byte[] content,
            String contentType) {
        Digest actual = Digest.of(digest.algorithm(), content);
        if (!actual.equals(digest)) {
            throw new RegistryException.Invalid(
                    ErrorCode.DIGEST_INVALID, "the manifest has another digest: " + actual, digest.toString());
        }
        return pushed(actor, repository, digest, tags, content, contentType);
    }

    private Pushed pushed(
            Actor actor,
            RepositoryName repository,
            Digest digest,
            Collection<Tag> tags,
            byte[] content,
            String contentType) {
        Manifest manifest = Manifest.parse(content, contentType);
        checkUrls(manifest);
        store(new ManifestPush(
                actor, repository, digest, content, manifest, tags, policy.tellsContent().getAsBoolean()));
        return new Pushed(digest, manifest);
    }

    private void checkUrls(Manifest manifest) {
        for (Descriptor layer : manifest.layers()) {
            for (String url : layer.urls()) {
                if (!policy.permitsUrl().test(url)) {
                    throw new RegistryException.Invalid(
                            ErrorCode.MANIFEST_INVALID,
                            "a layer names a URL that this registry does not permit",
                            layer.digest().toString());
                }
            }
        }
    }

    /**
     * What the manifest needs is looked up first, to say what is missing, and then held by foreign keys and locks. Who
     * deletes it in between, or pushes the same manifest, makes the write fail, and everything is looked at again.
     */
    private void store(ManifestPush push) {
        for (int attempt = 1; ; attempt++) {
            try {
                if (stored(push)) {
                    return;
                }
            } catch (DatabaseException e) {
                if (!e.isForeignKeyViolation()) {
                    throw e;
                }
            }
            if (attempt == ATTEMPTS) {
                throw new RegistryException.Unavailable(
                        "others push and delete this manifest, or what it references, too often; try again");
            }
        }
    }

    private boolean stored(ManifestPush push) {
        Found found = database.statement(tx -> references.find(
                tx, push.repository(), digests(push.manifest().config().stream(), push.manifest().layers()),
                digests(Stream.empty(), push.manifest().manifests())));
        checkComplete(push.repository(), push.manifest(), found);
        return written(push, found) == Outcome.DONE;
    }

    private Outcome written(ManifestPush push, Found found) {
        if (found.repositoryId().isEmpty()) {
            return database.transaction(
                    tx -> pushes.write(tx, pushes.repositoryId(tx, push.repository()), push, found));
        }
        long repositoryId = found.repositoryId().getAsLong();
        Outcome outcome = database.statement(tx -> pushes.write(tx, repositoryId, push, found));
        if (outcome != Outcome.HAS_OTHER_TYPE) {
            return outcome;
        }
        return database.transaction(tx -> {
            retypes.retype(tx, repositoryId, push, found);
            return pushes.write(tx, repositoryId, push, found);
        });
    }

    private static List<Digest> digests(Stream<Descriptor> first, List<Descriptor> others) {
        return Stream.concat(first, others.stream()).map(Descriptor::digest).distinct().toList();
    }

    private void checkComplete(RepositoryName repository, Manifest manifest, Found found) {
        Set<RegistryException.Error> missing = new LinkedHashSet<>();
        for (Descriptor blob : manifest.requiredBlobs()) {
            if (!found.blobs().containsKey(blob.digest())) {
                missing.add(missing(repository, "blob", blob));
            }
        }
        for (Descriptor child : manifest.manifests()) {
            if (!found.children().containsKey(child.digest()) && policy.requiresChild().test(child)) {
                missing.add(missing(repository, "manifest", child));
            }
        }
        if (!missing.isEmpty()) {
            throw new RegistryException.NotFound(shortened(missing));
        }
    }

    private static List<RegistryException.Error> shortened(Set<RegistryException.Error> missing) {
        if (missing.size() <= MOST_ERRORS) {
            return List.copyOf(missing);
        }
        Stream<RegistryException.Error> first = missing.stream().limit(MOST_ERRORS);
        String rest = "the manifest references " + (missing.size() - MOST_ERRORS) + " more that are missing";
        return Stream.concat(
                        first, Stream.of(new RegistryException.Error(ErrorCode.MANIFEST_BLOB_UNKNOWN, rest, "")))
                .toList();
    }

    private static RegistryException.Error missing(RepositoryName repository, String what, Descriptor descriptor) {
        return new RegistryException.Error(
                ErrorCode.MANIFEST_BLOB_UNKNOWN,
                "the manifest references a " + what + " that is not in " + repository + "; push it first",
                descriptor.digest().toString());
    }

    /**
     * Deletes a manifest and all tags that name it (end-9, digest). Its blobs stay, and so does what it lists as an
     * index.
     *
     * @throws RegistryException.NotFound {@link ErrorCode#MANIFEST_UNKNOWN}
     */
    public void delete(Actor actor, RepositoryName repository, Digest digest) {
        if (!database.transaction(tx -> manifests.delete(tx, actor, repository, digest))) {
            throw unknown(repository, digest);
        }
    }

    private static RegistryException unknown(RepositoryName repository, Reference reference) {
        return new RegistryException.NotFound(
                ErrorCode.MANIFEST_UNKNOWN, "no such manifest in " + repository, reference.toString());
    }
}
