package io.longshore.registry.it.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The few requests that an image takes, as plain HTTP. */
final class TestClient {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final HttpClient http;
    private final URI server;

    TestClient(HttpClient http, URI server) {
        this.http = http;
        this.server = server;
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** Pushes a blob as most clients do, by POST and PUT. */
    Digest pushBlob(String repository, byte[] content) throws IOException, InterruptedException {
        Digest digest = Digest.of(DigestAlgorithm.SHA256, content);
        HttpResponse<byte[]> started = send(
                request("/v2/" + repository + "/blobs/uploads/").POST(BodyPublishers.noBody()));
        assertThat(started.statusCode()).isEqualTo(202);
        String upload = started.headers().firstValue("Location").orElseThrow();
        HttpResponse<byte[]> closed = send(request(upload + (upload.contains("?") ? "&" : "?") + "digest=" + digest)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(content)));
        assertThat(closed.statusCode()).as(() -> new String(closed.body())).isEqualTo(201);
        return digest;
    }

    /** Pushes an image manifest under a tag. */
    Digest pushManifest(String repository, String tag, byte[] content) throws IOException, InterruptedException {
        HttpResponse<byte[]> stored = send(request("/v2/" + repository + "/manifests/" + tag)
                .header("Content-Type", MANIFEST)
                .PUT(BodyPublishers.ofByteArray(content)));
        assertThat(stored.statusCode()).as(() -> new String(stored.body())).isEqualTo(201);
        return Digest.of(DigestAlgorithm.SHA256, content);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(TIMEOUT);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }
}
