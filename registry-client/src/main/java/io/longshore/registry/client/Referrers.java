package io.longshore.registry.client;

import io.longshore.registry.client.Pages.Page;
import io.longshore.registry.client.http.Failure;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The referrers in one repository, as the registry lists them or else as clients do. Thread-safe. */
final class Referrers {
    private static final String ARTIFACT_TYPE = "artifactType";

    /** How registries say that they do not know the path; 501 is what the one of HTTP itself would be. */
    private static final Set<Integer> UNSUPPORTED = Set.of(400, 404, 405, 406, 501);

    private final Calls calls;
    private final RepositoryName repository;

    Referrers(Calls calls, RepositoryName repository) {
        this.calls = calls;
        this.repository = repository;
    }

    /** What a registry can do about referrers. */
    record Ability(boolean lists, boolean filters) {}

    Stream<Descriptor> list(Digest subject, Optional<String> artifactType) {
        Pages<Descriptor> pages = new Pages<>(
                calls, path(subject, artifactType), scopes(), MediaTypes.OCI_INDEX,
                response -> page(response, subject, artifactType));
        return pages.stream();
    }

    /** Asks for the referrers of nothing. */
    Ability ability() throws IOException {
        Digest nothing = Digest.parse("sha256:" + "0".repeat(64));
        Request request = Request.of("GET", calls.url(path(nothing, Optional.of(MediaTypes.OCI_EMPTY))))
                .with("Accept", MediaTypes.OCI_INDEX);
        try (Response response = calls.send(request, scopes())) {
            boolean lists = isList(response);
            return new Ability(lists, lists && isFiltered(response));
        }
    }

    private String path(Digest subject, Optional<String> artifactType) {
        return "/v2/" + repository + "/referrers/" + subject
                + artifactType.map(type -> '?' + ARTIFACT_TYPE + '=' + Blobs.encode(type)).orElse("");
    }

    private Set<String> scopes() {
        return Set.of(Calls.scope(repository, "pull"));
    }

    private Page<Descriptor> page(Response response, Digest subject, Optional<String> artifactType)
            throws IOException {
        boolean isList = isList(response);
        List<Descriptor> entries =
                isList ? parse(response) : new FallbackTag(calls, repository, subject).entries();
        if (artifactType.isPresent() && !(isList && isFiltered(response))) {
            entries = entries.stream().filter(entry -> entry.artifactType().equals(artifactType)).toList();
        }
        return new Page<>(entries, !isList);
    }

    /**
     * Whether the registry lists referrers. Something else that answers 200 is no list, but a page for people, say.
     *
     * @throws RegistryException if it refuses to, or has no such repository
     */
    private static boolean isList(Response response) throws IOException {
        if (response.status() == 200) {
            return Calls.mediaType(response).equals(Optional.of(MediaTypes.OCI_INDEX));
        }
        if (!UNSUPPORTED.contains(response.status())) {
            throw Failure.of(response);
        }
        if (response.status() == 404) {
            refuseMissingRepository(response);
        }
        return false;
    }

    private static void refuseMissingRepository(Response response) throws IOException {
        RegistryException refusal;
        try {
            refusal = Failure.of(response);
        } catch (IOException e) {
            // Not said in the words of a registry: what answers, does not know the path.
            return;
        }
        if (refusal.errors().stream().anyMatch(error -> error.code() == ErrorCode.NAME_UNKNOWN)) {
            throw refusal;
        }
    }

    private static boolean isFiltered(Response response) {
        return response.headers("OCI-Filters-Applied").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(filter -> filter.trim().equals(ARTIFACT_TYPE));
    }

    private static List<Descriptor> parse(Response response) throws IOException {
        byte[] bytes = response.bytes(Pages.MAX_PAGE_BYTES);
        try {
            return Manifest.parse(bytes, MediaTypes.OCI_INDEX).manifests();
        } catch (RegistryException.Invalid e) {
            throw new IOException(response.request() + ": the list of referrers cannot be read: " + e.getMessage(), e);
        }
    }
}
