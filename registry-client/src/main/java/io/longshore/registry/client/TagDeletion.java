package io.longshore.registry.client;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RegistryException.Kind;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes a tag away where a registry deletes manifests by digest only, with all of their tags: another manifest, which
 * nobody has, gets the tag and is deleted with it. What had the tag before stays. Thread-safe.
 */
final class TagDeletion {
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    /** What else than 405 means that a tag is not what can be deleted: it is not even understood. */
    private static final Set<ErrorCode> NOT_UNDERSTOOD = Set.of(ErrorCode.DIGEST_INVALID, ErrorCode.UNSUPPORTED);

    private final Calls calls;
    private final RepositoryName repository;
    private final Manifests manifests;

    TagDeletion(Calls calls, RepositoryName repository) {
        this.calls = calls;
        this.repository = repository;
        this.manifests = new Manifests(calls, repository);
    }

    /** Whether this says that the registry deletes no tags. */
    static boolean isMeant(RegistryException refusal) {
        return refusal.kind() == Kind.NOT_ALLOWED
                || refusal.kind() == Kind.INVALID
                        && refusal.errors().stream().anyMatch(error -> NOT_UNDERSTOOD.contains(error.code()));
    }

    /**
     * @param refusal of the registry, thrown if it deletes nothing else, either
     * @throws RegistryException.NotFound if there is no such tag
     */
    void delete(Tag tag, RegistryException refusal) throws IOException {
        if (!deletesManifests()) {
            throw refusal;
        }
        RawManifest before = manifests.get(tag);
        Digest placeholder = put(tag);
        try {
            calls.delete(ManifestPush.path(repository, placeholder), repository, Optional.of(placeholder));
        } catch (IOException | RegistryException e) {
            restore(tag, before, e);
            throw e;
        }
    }

    private boolean deletesManifests() throws IOException {
        Digest nothing = Digest.parse("sha256:" + "0".repeat(64));
        try {
            calls.delete(ManifestPush.path(repository, nothing), repository, Optional.empty());
            return true;
        } catch (RegistryException.NotFound e) {
            return true;
        } catch (RegistryException e) {
            return false;
        }
    }

    private Digest put(Tag tag) throws IOException {
        new Blobs(calls, repository).push(EMPTY);
        Descriptor empty = Descriptor.of(
                MediaTypes.OCI_EMPTY, Digest.of(DigestAlgorithm.SHA256, EMPTY), EMPTY.length);
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + empty.toJson() + ",\"layers\":[" + empty.toJson()
                + "],\"annotations\":{\"io.longshore.placeholder\":\"" + UUID.randomUUID() + "\"}}";
        return manifests.put(tag, MediaTypes.OCI_MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
    }

    private void restore(Tag tag, RawManifest before, Exception reason) {
        try {
            manifests.put(tag, before.mediaType(), before.bytes());
        } catch (IOException | RegistryException e) {
            reason.addSuppressed(e);
        }
    }
}
