package io.longshore.registry.client;

import io.longshore.registry.client.http.Failure;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The manifests of one repository. Thread-safe.
 *
 * <p>Every method throws {@link RegistryException} for what the registry refuses.
 */
public final class Manifests {
    /** More than registries take; the specification asks them for 4 MiB. */
    private static final int MAX_BYTES = 16 << 20;

    /** Registries give out what was asked for first, or refuse what was not asked for: so all of it is. */
    private static final String ACCEPT = String.join(
            ", ", MediaTypes.OCI_INDEX, MediaTypes.DOCKER_LIST, MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST,
            MediaTypes.OCI_ARTIFACT_MANIFEST, "*/*");

    /** What servers of files send that play a registry. */
    private static final Set<String> GENERIC =
            Set.of("application/json", MediaTypes.OCTET_STREAM, "binary/octet-stream", "text/plain");

    private final Calls calls;
    private final RepositoryName repository;
    private final Set<String> pull;

    Manifests(Calls calls, RepositoryName repository) {
        this.calls = calls;
        this.repository = repository;
        this.pull = Set.of(Calls.scope(repository, "pull"));
    }

    /**
     * What a manifest is, or nothing if it is not there (end-3). Where a registry tells too little, it is read.
     *
     * @throws IOException if the registry names another digest than was asked for
     */
    public Optional<Descriptor> head(Reference reference) throws IOException {
        try (Response response = calls.send(request("HEAD", reference), pull)) {
            if (response.status() == 404) {
                return Optional.empty();
            }
            if (response.status() != 405) {
                requireOk(response);
                Optional<Digest> digest = digest(response, reference);
                OptionalLong length = response.length();
                Optional<String> mediaType = mediaType(response);
                if (digest.isPresent() && length.isPresent() && mediaType.isPresent()) {
                    return Optional.of(Descriptor.of(mediaType.get(), digest.get(), length.getAsLong()));
                }
            }
        }
        try {
            return Optional.of(get(reference).descriptor());
        } catch (RegistryException.NotFound e) {
            return Optional.empty();
        }
    }

    /**
     * What a tag names now, or nothing if it is not there (end-3): for who knows what it named before, so that the
     * registry need say no more than that it still does ({@code If-None-Match}).
     */
    public Optional<Digest> resolve(Tag tag, Digest known) throws IOException {
        Request request = request("HEAD", tag).with("If-None-Match", '"' + known.toString() + '"');
        try (Response response = calls.send(request, pull)) {
            if (response.status() == 304) {
                return Optional.of(known);
            }
            if (response.status() == 404) {
                return Optional.empty();
            }
            if (response.status() != 405) {
                requireOk(response);
                Optional<Digest> digest = Calls.digest(response);
                if (digest.isPresent()) {
                    return digest;
                }
            }
        }
        try {
            return Optional.of(get(tag).digest());
        } catch (RegistryException.NotFound e) {
            return Optional.empty();
        }
    }

    /**
     * A manifest (end-3).
     *
     * @throws RegistryException.NotFound if it is not there
     * @throws IOException if it has another digest than was asked for, or than the registry says
     */
    public RawManifest get(Reference reference) throws IOException {
        try (Response response = calls.send(request("GET", reference), pull)) {
            requireOk(response);
            byte[] bytes = response.bytes(MAX_BYTES);
            Digest expected = digest(response, reference)
                    .orElseGet(() -> Digest.of(DigestAlgorithm.SHA256, bytes));
            String mediaType = mediaType(response)
                    .or(() -> mediaType(bytes))
                    .or(() -> Calls.mediaType(response))
                    .orElseThrow(() -> new IOException(response.request() + ": without a Content-Type"));
            RawManifest manifest = RawManifest.of(mediaType, expected.algorithm(), bytes);
            if (!manifest.digest().equals(expected)) {
                throw new IOException(response.request() + ": the content is " + manifest.digest() + " in place of "
                        + expected);
            }
            return manifest;
        }
    }

    /**
     * Stores a manifest (end-7a, end-7b), byte for byte. If it says something about another one, its subject, and the
     * registry does not list that, it is listed under the fallback tag (distribution-spec, "Pushing Manifests with
     * Subject"); what fails while that is done, leaves the manifest stored.
     *
     * @param reference a tag, which may have been at another manifest before, or the digest of {@code bytes}
     * @return its digest
     * @throws IllegalArgumentException if {@code bytes} have another digest; nothing is sent then
     */
    public Digest put(Reference reference, String mediaType, byte[] bytes) throws IOException {
        ManifestPush push = new ManifestPush(calls, repository, mediaType, bytes);
        Digest digest = push.to(reference);
        push.listUnlessSeen(digest);
        return digest;
    }

    /**
     * Stores a manifest under its digest and sets tags to it, several with one request where the registry knows how
     * to (distribution-spec, end-7b with {@code tag}), and else one by one. A subject is treated as by the other {@code
     * put}.
     *
     * @param tags none are needed; one that was at another manifest moves
     * @throws RegistryException if it is refused; those tags may be set that come before the refused one
     */
    public StoredManifest put(RawManifest manifest, List<Tag> tags) throws IOException {
        ManifestPush push = new ManifestPush(calls, repository, manifest.mediaType(), manifest.bytes());
        push.to(manifest.digest(), tags);
        boolean isListedByTag = push.listUnlessSeen(manifest.digest());
        return new StoredManifest(manifest.digest(), push.subject(), isListedByTag);
    }

    /**
     * Takes a tag away, or a manifest with all of its tags (end-9). A manifest about another one is taken out of the
     * list under the fallback tag, if the registry keeps none by itself.
     *
     * <p>Where a registry deletes manifests only, with all of their tags, a tag is given to another manifest for a moment,
     * which is deleted.
     *
     * @throws RegistryException.NotFound if it is not there
     */
    public void delete(Reference reference) throws IOException {
        if (reference instanceof Tag tag) {
            delete(tag);
        } else if (reference instanceof Digest digest) {
            delete(digest);
        }
    }

    private void delete(Tag tag) throws IOException {
        try {
            calls.delete(path(tag), repository, Optional.empty());
        } catch (RegistryException e) {
            if (!TagDeletion.isMeant(e)) {
                throw e;
            }
            new TagDeletion(calls, repository).delete(tag, e);
        }
    }

    private void delete(Digest digest) throws IOException {
        Optional<Digest> subject = subject(digest);
        calls.delete(path(digest), repository, Optional.of(digest));
        if (subject.isPresent() && !new Referrers(calls, repository).ability().lists()) {
            new FallbackTag(calls, repository, subject.get()).remove(digest);
        }
    }

    /** What a manifest is about, as far as it may be read. */
    private Optional<Digest> subject(Digest digest) throws IOException {
        try {
            return get(digest).parse().subject().map(Descriptor::digest);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException | RegistryException e) {
            // What is broken, or may be deleted and not be read, is to be deleted all the same.
            return Optional.empty();
        }
    }

    /** What the registry says that it is, if that is more than what any file is. */
    private static Optional<String> mediaType(Response response) {
        return Calls.mediaType(response).filter(type -> !GENERIC.contains(type));
    }

    /** What a manifest says that it is, or looks like. */
    private static Optional<String> mediaType(byte[] bytes) {
        try {
            return Optional.of(Manifest.parse(bytes, null).mediaType());
        } catch (RegistryException.Invalid e) {
            return Optional.empty();
        }
    }

    private Request request(String method, Reference reference) {
        return Request.of(method, calls.url(path(reference))).with("Accept", ACCEPT);
    }

    private String path(Reference reference) {
        return ManifestPush.path(repository, reference);
    }

    private static void requireOk(Response response) throws IOException {
        if (response.status() != 200) {
            throw Failure.of(response);
        }
    }

    /** What was asked for if that is a digest, which the registry must not contradict; else what the registry names. */
    private static Optional<Digest> digest(Response response, Reference reference) throws IOException {
        if (reference instanceof Digest asked) {
            Calls.checkDigest(response, asked);
            return Optional.of(asked);
        }
        return Calls.digest(response);
    }
}
