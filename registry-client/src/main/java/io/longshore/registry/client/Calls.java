package io.longshore.registry.client;

import io.longshore.registry.client.auth.AuthenticatedTransport;
import io.longshore.registry.client.http.Failure;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.client.http.Retries;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What all calls to one registry need. Thread-safe. */
final class Calls {
    static final Set<Integer> DELETED = Set.of(200, 202, 204);

    private static final int LOCKS = 32;
    private static final String DIGEST_HEADER = "Docker-Content-Digest";

    private final URI base;
    private final AuthenticatedTransport transport;
    private final int chunkBytes;

    /** What is read, changed and written back holds one of these meanwhile: few, so that they need no upkeep. */
    private final List<Object> locks = Stream.generate(Object::new).limit(LOCKS).toList();

    /** @param base the registry's URL, without a path */
    Calls(URI base, AuthenticatedTransport transport, int chunkBytes) {
        this.base = base;
        this.transport = transport;
        this.chunkBytes = chunkBytes;
    }

    int chunkBytes() {
        return chunkBytes;
    }

    /** To be held by whoever changes this in several steps, so that nobody else does so with this client. */
    Object lock(Object changed) {
        return locks.get(Math.floorMod(changed.hashCode(), LOCKS));
    }

    /** The URL of a path, with its query, that begins with {@code /v2/}. */
    URI url(String path) {
        return URI.create(base + path);
    }

    Response send(Request request, Set<String> scopes) throws IOException {
        return transport.send(request, scopes);
    }

    Retries retries() {
        return transport.retries();
    }

    static String scope(RepositoryName repository, String actions) {
        return "repository:" + repository + ':' + actions;
    }

    /**
     * Deletes what is at this path. What is gone when the request had to be repeated, was deleted by it.
     *
     * @param digest of what is deleted, if that was asked for
     */
    void delete(String path, RepositoryName repository, Optional<Digest> digest) throws IOException {
        Request request = Request.of("DELETE", url(path));
        try (Response response = send(request, Set.of(scope(repository, "delete")))) {
            boolean isGone = response.status() == 404 && response.isRepeated();
            if (!DELETED.contains(response.status()) && !isGone) {
                throw Failure.of(response);
            }
            if (digest.isPresent() && !isGone) {
                checkDigest(response, digest.get());
            }
        }
    }

    /** What the registry says that the content is, without parameters. */
    static Optional<String> mediaType(Response response) {
        return response.header("Content-Type")
                .map(value -> value.split(";", 2)[0].trim())
                .filter(type -> !type.isEmpty());
    }

    /** Fails if the registry names another digest than this; it need not name one. */
    static void checkDigest(Response response, Digest expected) throws IOException {
        Optional<Digest> named = digest(response);
        if (named.isPresent() && !named.get().equals(expected)) {
            throw new IOException(response.request() + ": the registry has " + named.get() + " in place of "
                    + expected);
        }
    }

    /** The digest that the registry names. */
    static Optional<Digest> digest(Response response) throws IOException {
        String named = response.header(DIGEST_HEADER).orElse("");
        return named.isEmpty() ? Optional.empty() : Optional.of(parse(response, named));
    }

    private static Digest parse(Response response, String named) throws IOException {
        try {
            return Digest.parse(named);
        } catch (RegistryException e) {
            throw new IOException(response.request() + ": " + DIGEST_HEADER + ": " + e.getMessage(), e);
        }
    }
}
