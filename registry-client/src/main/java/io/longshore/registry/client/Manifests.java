package io.longshore.registry.client;

import io.longshore.registry.client.http.Body;
import io.longshore.registry.client.http.Failure;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import java.io.IOException;
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

    private static final Set<Integer> STORED = Set.of(200, 201, 202);

    /** Registries give out what was asked for first, or refuse what was not asked for: so all of it is. */
    private static final String ACCEPT = String.join(
            ", ", MediaTypes.OCI_INDEX, MediaTypes.DOCKER_LIST, MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST,
            MediaTypes.OCI_ARTIFACT_MANIFEST, "*/*");

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
     * Stores a manifest (end-7a, end-7b), byte for byte.
     *
     * @param reference a tag, which may have been at another manifest before, or the digest of {@code bytes}
     * @return its digest
     * @throws IllegalArgumentException if {@code bytes} have another digest; nothing is sent then
     */
    public Digest put(Reference reference, String mediaType, byte[] bytes) throws IOException {
        DigestAlgorithm algorithm = reference instanceof Digest digest ? digest.algorithm() : DigestAlgorithm.SHA256;
        Digest actual = Digest.of(algorithm, bytes);
        if (reference instanceof Digest && !reference.equals(actual)) {
            throw new IllegalArgumentException("the manifest is " + actual + " in place of " + reference);
        }
        Request request = Request.of("PUT", calls.url(path(reference)))
                .with("Content-Type", mediaType)
                .with(Body.of(bytes));
        try (Response response = calls.send(request, Set.of(Calls.scope(repository, "pull,push")))) {
            if (!STORED.contains(response.status())) {
                throw Failure.of(response);
            }
            Calls.checkDigest(response, actual);
            return actual;
        }
    }

    /**
     * Takes a tag away, or a manifest with all of its tags (end-9).
     *
     * @throws RegistryException.NotFound if it is not there
     */
    public void delete(Reference reference) throws IOException {
        calls.delete(path(reference), repository);
    }

    private Request request(String method, Reference reference) {
        return Request.of(method, calls.url(path(reference))).with("Accept", ACCEPT);
    }

    private String path(Reference reference) {
        return "/v2/" + repository + "/manifests/" + reference;
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

    private static Optional<String> mediaType(Response response) {
        return response.header("Content-Type")
                .map(value -> value.split(";", 2)[0].trim())
                .filter(type -> !type.isEmpty());
    }
}
