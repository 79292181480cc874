package io.longshore.registry.client;

import io.longshore.registry.client.http.Body;
import io.longshore.registry.client.http.Failure;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The push of one manifest, under all of its names. Not thread-safe. */
final class ManifestPush {
    private static final Set<Integer> STORED = Set.of(200, 201, 202);

    /** So many tags in one request are to be expected of registries that take several at all. */
    private static final int MOST_TAGS = 10;

    private final Calls calls;
    private final RepositoryName repository;
    private final String mediaType;
    private final byte[] bytes;
    private Optional<Manifest> parsed = Optional.empty();
    private boolean isSubjectSeen;

    /** @param bytes must not be changed meanwhile */
    ManifestPush(Calls calls, RepositoryName repository, String mediaType, byte[] bytes) {
        this.calls = calls;
        this.repository = repository;
        this.mediaType = mediaType;
        this.bytes = bytes;
    }

    static String path(RepositoryName repository, Reference reference) {
        return "/v2/" + repository + "/manifests/" + reference;
    }

    /**
     * Stores it under one name.
     *
     * @throws IllegalArgumentException if that is the digest of other bytes
     */
    Digest to(Reference reference) throws IOException {
        DigestAlgorithm algorithm = reference instanceof Digest digest ? digest.algorithm() : DigestAlgorithm.SHA256;
        Digest actual = Digest.of(algorithm, bytes);
        if (reference instanceof Digest && !reference.equals(actual)) {
            throw new IllegalArgumentException("the manifest is " + actual + " in place of " + reference);
        }
        put(path(repository, reference), actual);
        return actual;
    }

    /** Stores it under its digest, and sets these tags to it. */
    void to(Digest digest, List<Tag> tags) throws IOException {
        List<Tag> rest = new ArrayList<>(new LinkedHashSet<>(tags));
        // What is pushed by a tag gets a digest of SHA-256.
        boolean isByDigest = rest.size() != 1 || digest.algorithm() != DigestAlgorithm.SHA256;
        while (isByDigest) {
            List<Tag> some = List.copyOf(rest.subList(0, Math.min(MOST_TAGS, rest.size())));
            Set<String> confirmed = together(digest, some);
            rest.removeIf(tag -> confirmed.contains(tag.value()));
            isByDigest = !rest.isEmpty() && some.stream().noneMatch(rest::contains);
        }
        for (Tag tag : rest) {
            to(tag);
        }
    }

    private Set<String> together(Digest digest, List<Tag> tags) throws IOException {
        try {
            return put(path(repository, digest) + query(tags), digest);
        } catch (RegistryException.Refused e) {
            if (e.kind() != RegistryException.Kind.URI_TOO_LONG || tags.isEmpty()) {
                throw e;
            }
            return Set.of();
        }
    }

    private static String query(List<Tag> tags) {
        return tags.isEmpty() ? "" : tags.stream().map(Tag::value).collect(Collectors.joining("&tag=", "?tag=", ""));
    }

    /** The tags that the registry says it has set; those that are in the path are not among them. */
    private Set<String> put(String path, Digest expected) throws IOException {
        Request request = Request.of("PUT", calls.url(path))
                .with("Content-Type", mediaType)
                .with(Body.of(bytes));
        try (Response response = calls.send(request, Set.of(Calls.scope(repository, "pull,push")))) {
            if (!STORED.contains(response.status())) {
                throw Failure.of(response);
            }
            Calls.checkDigest(response, expected);
            isSubjectSeen |= response.header("OCI-Subject").isPresent();
            return response.headers("OCI-Tag").stream()
                    .flatMap(value -> Arrays.stream(value.split(",")))
                    .map(String::trim)
                    .collect(Collectors.toSet());
        }
    }

    /**
     * Lists it under the fallback tag of its subject, if it has one that the registry did not see.
     *
     * @return whether that was so
     */
    boolean listUnlessSeen(Digest digest) throws IOException {
        if (isSubjectSeen || subject().isEmpty()) {
            return false;
        }
        Manifest manifest = parsed.orElseThrow();
        Descriptor entry = Descriptor.of(mediaType, digest, bytes.length)
                .withArtifactType(manifest.artifactType())
                .withAnnotations(manifest.annotations());
        new FallbackTag(calls, repository, subject().get()).add(entry);
        return true;
    }

    /** What it is about; nothing if it cannot be understood. */
    Optional<Digest> subject() {
        if (parsed.isEmpty()) {
            try {
                parsed = Optional.of(Manifest.parse(bytes, mediaType));
            } catch (RegistryException.Invalid e) {
                return Optional.empty();
            }
        }
        return parsed.get().subject().map(Descriptor::digest);
    }
}
