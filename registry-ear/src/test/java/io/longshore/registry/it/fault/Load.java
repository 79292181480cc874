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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that push and pull large blobs at once. None of them holds more than a buffer of a blob. */
final class Load {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI registry;
    private final Repository repository;
    private final long seed;
    private final long blobBytes;

    /** @param seed of the blobs: the first is pulled, and each client that pushes has one of its own */
    Load(URI registry, Repository repository, long seed, long blobBytes) {
        this.registry = registry;
        this.repository = repository;
        this.seed = seed;
        this.blobBytes = blobBytes;
    }

    /** Pushes and pulls, all at once, and checks every digest; then those of what was pushed. */
    void run(int pushers, int pullers) throws InterruptedException, ExecutionException, IOException {
        Digest shared = push(new LargeBlob(seed, blobBytes));
        ExecutorService clients = Executors.newFixedThreadPool(pushers + pullers);
        try {
            List<Callable<Digest>> work = new ArrayList<>();
            for (int i = 0; i < pushers; i++) {
                LargeBlob blob = new LargeBlob(seed + 1 + i, blobBytes);
                work.add(() -> push(blob));
            }
            for (int i = 0; i < pullers; i++) {
                work.add(() -> pull(shared));
            }
            List<Callable<Digest>> pulls = new ArrayList<>();
            for (Future<Digest> done : clients.invokeAll(work)) {
                Digest digest = done.get();
                pulls.add(() -> pull(digest));
            }
            for (Future<Digest> done : clients.invokeAll(pulls.subList(0, pushers))) {
                done.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** In one chunk, and the digest at the end, when it is known. */
    private Digest push(LargeBlob blob) throws IOException, InterruptedException {
        URI upload = location(send(HttpRequest.newBuilder(registry.resolve(repository.uploads()))
                .POST(BodyPublishers.noBody()), 202));
        MessageDigest hash = DigestAlgorithm.SHA256.newMessageDigest();
        BodyPublisher body = BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> new DigestInputStream(blob.open(), hash)), blob.sizeBytes());
        upload = location(send(HttpRequest.newBuilder(upload).method("PATCH", body), 202));
        Digest digest = Digest.of(DigestAlgorithm.SHA256, hash);
        String query = (upload.getRawQuery() == null ? "?" : "&") + "digest=" + digest;
        send(HttpRequest.newBuilder(URI.create(upload + query)).PUT(BodyPublishers.noBody()), 201);
        return digest;
    }

    private Digest pull(Digest digest) throws IOException, InterruptedException {
        MessageDigest hash = DigestAlgorithm.SHA256.newMessageDigest();
        try (InputStream body = send(HttpRequest.newBuilder(registry.resolve(repository.blob(digest))), 200).body()) {
            new DigestInputStream(body, hash).transferTo(OutputStream.nullOutputStream());
        }
        assertThat(Digest.of(DigestAlgorithm.SHA256, hash)).as("digest of what was pulled").isEqualTo(digest);
        return digest;
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
