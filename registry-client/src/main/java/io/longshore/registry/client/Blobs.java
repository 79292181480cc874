package io.longshore.registry.client;

import io.longshore.registry.client.http.Failure;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The blobs of one repository. Thread-safe.
 *
 * <p>Every method throws {@link RegistryException} for what the registry refuses.
 */
public final class Blobs {
    private final Calls calls;
    private final RepositoryName repository;
    private final Set<String> pull;

    Blobs(Calls calls, RepositoryName repository) {
        this.calls = calls;
        this.repository = repository;
        this.pull = Set.of(Calls.scope(repository, "pull"));
    }

    /** The size of a blob in bytes, or nothing if it is not there (end-2). */
    public OptionalLong head(Digest digest) throws IOException {
        try (Response response = calls.send(Request.of("HEAD", calls.url(path(digest))), pull)) {
            if (response.status() == 404) {
                return OptionalLong.empty();
            }
            if (response.status() != 200) {
                throw Failure.of(response);
            }
            if (response.length().isEmpty()) {
                throw new IOException(response.request() + ": the registry does not say how long it is");
            }
            return response.length();
        }
    }

    /**
     * The content of a blob (end-2), to be closed by the caller. A connection that is cut is made again, and reading
     * goes on where it ended.
     *
     * <p>Reading ends with an {@link IOException} if the content is not that of the digest. The bytes are not to be
     * relied on before the end was reached.
     *
     * @throws RegistryException.NotFound if it is not there
     */
    public InputStream pull(Digest digest) throws IOException {
        return BlobStream.open(calls, calls.url(path(digest)), pull, digest, OptionalLong.empty());
    }

    /** As {@link #pull(Digest)}, of a size that is known: content of any other is not even begun with. */
    public InputStream pull(Descriptor blob) throws IOException {
        return BlobStream.open(
                calls, calls.url(path(blob.digest())), pull, blob.digest(), OptionalLong.of(blob.sizeBytes()));
    }

    /**
     * Takes a blob out of the repository (end-10).
     *
     * @throws RegistryException.NotFound if it is not there
     */
    public void delete(Digest digest) throws IOException {
        calls.delete(path(digest), repository);
    }

    private String path(Digest digest) {
        return "/v2/" + repository + "/blobs/" + digest;
    }
}
