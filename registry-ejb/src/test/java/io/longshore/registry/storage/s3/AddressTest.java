package io.longshore.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Addresses that clients are sent to. */
class AddressTest {
    private final S3Server server = S3Server.shared();
    private final String bucket = server.newBucket();
    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<byte[]> get(URI address, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void givesTheBlobWithoutKeys() throws Exception {
        Content content = Content.random(1000);
        try (S3BlobStore store = S3BlobStore.open(server.settings(bucket))) {
            Blobs.put(store, content);
            URI address = store.address(content.digest()).orElseThrow();
            HttpResponse<byte[]> answer = get(address);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(content.bytes());
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
            assertThat(address.getQuery()).contains("X-Amz-Expires=1200");
            assertThat(address.toString()).doesNotContain("registry-secret");
        }
    }

    @Test
    void givesPartsOfTheBlob() throws Exception {
        Content content = Content.random(1000);
        try (S3BlobStore store = S3BlobStore.open(server.settings(bucket))) {
            Blobs.put(store, content);
            HttpResponse<byte[]> answer =
                    get(store.address(content.digest()).orElseThrow(), "Range", "bytes=100-199");

            assertThat(answer.statusCode()).isEqualTo(206);
            assertThat(answer.body()).isEqualTo(content.part(100, 200).bytes());
        }
    }

    @Test
    void worksForThatBlobOnly() throws Exception {
        Content content = Content.random(1000);
        Content other = Content.random(1000);
        try (S3BlobStore store = S3BlobStore.open(server.settings(bucket))) {
            Blobs.put(store, content);
            Blobs.put(store, other);
            String address = store.address(content.digest()).orElseThrow().toString();
            String tampered = address.replace(content.digest().hex(), other.digest().hex());

            assertThat(get(URI.create(tampered)).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void leadsToTheEndpointForClients() throws Exception {
        Content content = Content.random(1000);
        try (FaultLine line = new FaultLine(server.port())) {
            S3Settings usual = server.settings(bucket);
            S3Settings.Access access = new S3Settings.Access(
                    S3Server.REGION, Optional.of(server.endpoint()), Optional.of(line.endpoint()),
                    true, true, true, false, false, false);
            S3Settings settings = new S3Settings(
                    bucket, "/some/root/", usual.credentials(), access, usual.writing(), Duration.ofHours(1));
            try (S3BlobStore store = S3BlobStore.open(settings)) {
                Blobs.put(store, content);
                URI address = store.address(content.digest()).orElseThrow();

                assertThat(address.getAuthority()).isEqualTo(line.endpoint().getAuthority());
                assertThat(address.getQuery()).contains("X-Amz-Expires=3600");
                assertThat(get(address).body()).isEqualTo(content.bytes());
                assertThat(line.requests()).hasSize(1);
            }
        }
    }
}
