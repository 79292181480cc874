package io.longshore.registry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.function.Supplier;

/** Pushes and pulls blobs of a repository, and holds no more than a buffer of any. Thread-safe. */
final class LargeBlobClient {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI registry;
    private final Repository repository;

    LargeBlobClient(URI registry, Repository repository) {
        this.registry = registry;
        this.repository = repository;
    }

    /** In one chunk, and the digest at the end, when it is known. */
    Digest pushInPatch(LargeBlob blob) throws IOException, InterruptedException {
        MessageDigest hash = DigestAlgorithm.SHA256.newMessageDigest();
        BodyPublisher body = body(blob, () -> new DigestInputStream(blob.open(), hash));
        HttpRequest.Builder patch = HttpRequest.newBuilder(begin()).method("PATCH", body);
        URI upload = location(send(patch, 202));
        Digest digest = Digest.of(DigestAlgorithm.SHA256, hash);
        send(HttpRequest.newBuilder(end(upload, digest)).PUT(BodyPublishers.noBody()), 201).body().close();
        return digest;
    }

    /** With the request that ends the upload, so that the registry knows the digest before it has the bytes. */
    Digest pushInPut(LargeBlob blob) throws IOException, InterruptedException {
        MessageDigest hash = DigestAlgorithm.SHA256.newMessageDigest();
        try (InputStream bytes = new DigestInputStream(blob.open(), hash)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        Digest digest = Digest.of(DigestAlgorithm.SHA256, hash);
        HttpRequest.Builder put = HttpRequest.newBuilder(end(begin(), digest)).PUT(body(blob, blob::open));
        send(put, 201).body().close();
        return digest;
    }

    /** Returns the digest given, which is that of the bytes that came. */
    Digest pull(Digest digest) throws IOException, InterruptedException {
        MessageDigest hash = DigestAlgorithm.SHA256.newMessageDigest();
        try (InputStream body = send(HttpRequest.newBuilder(registry.resolve(repository.blob(digest))), 200).body()) {
            new DigestInputStream(body, hash).transferTo(OutputStream.nullOutputStream());
        }
        assertThat(Digest.of(DigestAlgorithm.SHA256, hash)).as("digest of what was pulled").isEqualTo(digest);
        return digest;
    }

    private static BodyPublisher body(LargeBlob blob, Supplier<InputStream> bytes) {
        return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(bytes), blob.sizeBytes());
    }

    private URI begin() throws IOException, InterruptedException {
        return location(send(
                HttpRequest.newBuilder(registry.resolve(repository.uploads())).POST(BodyPublishers.noBody()), 202));
    }

    private static URI end(URI upload, Digest digest) {
        return URI.create(upload + (upload.getRawQuery() == null ? "?" : "&") + "digest=" + digest);
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request, int expected)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        if (response.statusCode() != expected) {
            throw new IOException(response + " with " + new String(response.body().readAllBytes()));
        }
        return response;
    }

    private URI location(HttpResponse<InputStream> response) throws IOException {
        response.body().close();
        return registry.resolve(response.headers().firstValue("Location").orElseThrow());
    }
}
