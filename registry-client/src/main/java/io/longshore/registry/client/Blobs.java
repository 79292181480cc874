package io.longshore.registry.client;

import io.longshore.registry.client.http.Content;
import io.longshore.registry.client.http.Failure;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
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
    private final Set<String> push;

    Blobs(Calls calls, RepositoryName repository) {
        this.calls = calls;
        this.repository = repository;
        this.pull = Set.of(Calls.scope(repository, "pull"));
        this.push = Set.of(Calls.scope(repository, "pull,push"));
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
            Calls.checkDigest(response, digest);
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

    /** Stores these bytes (end-4a, end-6): one request to begin, one for all of them. */
    public StoredBlob push(byte[] content) throws IOException {
        return push(content, Digest.of(DigestAlgorithm.SHA256, content));
    }

    private StoredBlob push(byte[] content, Digest digest) throws IOException {
        try (Upload upload = Upload.start(calls, repository, push)) {
            upload.commit(digest, content, content.length);
        }
        return new StoredBlob(digest, content.length);
    }

    /**
     * Stores a stream of any length (end-4a, end-5, end-6), chunk by chunk; does not close it. A chunk that is cut off
     * is sent on from where the registry has it. A failure, of the stream as well, leaves nothing in the repository.
     */
    public StoredBlob push(InputStream content) throws IOException {
        return push(content, DigestAlgorithm.SHA256, Optional.empty());
    }

    /**
     * As {@link #push(InputStream)}, of content whose digest is known.
     *
     * @throws IOException if the content is another; nothing is stored then
     */
    public StoredBlob push(InputStream content, Digest digest) throws IOException {
        return push(content, digest.algorithm(), Optional.of(digest));
    }

    /**
     * Stores content of which digest and size are known (end-4a, end-6), in one request while it is read. If that is cut,
     * the content is read again, and sent on from where the registry has it (end-13, end-5). It is the registry that looks
     * whether the content is that of the digest.
     *
     * @throws RegistryException.Invalid if it is not
     * @throws IOException if the content cannot be read, or is not of this size; nothing is stored then
     */
    public void push(Descriptor blob, Content content) throws IOException {
        if (blob.sizeBytes() == 0) {
            push(new byte[0], blob.digest());
            return;
        }
        try (Upload upload = Upload.start(calls, repository, push)) {
            upload.send(blob, content);
        }
    }

    private StoredBlob push(InputStream content, DigestAlgorithm algorithm, Optional<Digest> expected)
            throws IOException {
        MessageDigest hash = algorithm.newMessageDigest();
        try (Upload upload = Upload.start(calls, repository, push)) {
            byte[] chunk = new byte[upload.chunkBytes()];
            int length = content.readNBytes(chunk, 0, chunk.length);
            hash.update(chunk, 0, length);
            while (length == chunk.length) {
                upload.append(chunk, length);
                length = content.readNBytes(chunk, 0, chunk.length);
                hash.update(chunk, 0, length);
            }
            Digest digest = Digest.of(algorithm, hash);
            if (expected.isPresent() && !digest.equals(expected.get())) {
                throw new IOException("the content is " + digest + " in place of " + expected.get());
            }
            long sizeBytes = upload.sizeBytes() + length;
            if (upload.sizeBytes() > 0 && length > 0) {
                upload.append(chunk, length);
                length = 0;
            }
            upload.commit(digest, chunk, length);
            return new StoredBlob(digest, sizeBytes);
        }
    }

    /**
     * Takes a blob over from another repository of the registry (end-11).
     *
     * @return whether that was done; if not, it has to be pushed: the registry may not have it there, not let it be
     *     seen, or not know this at all
     */
    public boolean mount(Digest digest, RepositoryName from) throws IOException {
        String path = UploadSession.path(repository) + "?mount=" + encode(digest.toString()) + "&from="
                + encode(from.value());
        Set<String> scopes = Set.of(Calls.scope(repository, "pull,push"), Calls.scope(from, "pull"));
        try (Response response = calls.send(Request.of("POST", calls.url(path)), scopes)) {
            if (response.status() == 201) {
                Calls.checkDigest(response, digest);
                return true;
            }
            if (response.status() == 202) {
                UploadSession.begun(calls, push, response).cancel();
                return false;
            }
            if (response.status() >= 500 || response.status() < 400 || response.status() == 429) {
                throw Failure.of(response);
            }
            return false;
        } catch (RegistryException.Unauthenticated e) {
            // Some give out no token at all where a part of what it is for is refused.
            return false;
        }
    }

    /**
     * Takes a blob out of the repository (end-10).
     *
     * @throws RegistryException.NotFound if it is not there
     */
    public void delete(Digest digest) throws IOException {
        calls.delete(path(digest), repository, Optional.of(digest));
    }

    private String path(Digest digest) {
        return "/v2/" + repository + "/blobs/" + digest;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
