package io.longshore.registry.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerClient;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Addresses that clients read blobs at, without credentials. */
@ExtendWith(AzuriteExtension.class)
class AzureAddressTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Content content = Content.random(5000);
    private Azurite azurite;
    private BlobContainerClient container;

    @BeforeEach
    void find(Azurite azurite) {
        this.azurite = azurite;
        this.container = azurite.newContainer();
    }

    private URI address(Duration lifetime, Optional<URI> publicEndpoint) throws IOException {
        AzureSettings plain = azurite.settings(container);
        AzureBlobStore store = AzureBlobStore.open(new AzureSettings(
                plain.accountName(), plain.credential(), plain.endpoint(), plain.container(), "root", true,
                plain.maxRetries(), plain.retryDelay(), lifetime, publicEndpoint));
        Blobs.put(store, content);
        return store.address(content.digest()).orElseThrow();
    }

    private URI address() throws IOException {
        return address(Duration.ofMinutes(20), Optional.empty());
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void anAddressGivesTheBlob() throws Exception {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(address()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(content.bytes());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
    }

    @Test
    void anAddressGivesPartsOfTheBlob() throws Exception {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(address()).header("Range", "bytes=1000-1999"));

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(content.part(1000, 2000).bytes());
    }

    @Test
    void anAddressTellsTheSizeOfTheBlob() throws Exception {
        HttpResponse<byte[]> answer =
                send(HttpRequest.newBuilder(address()).method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(5000);
    }

    @Test
    void anAddressIsOfNoUseForAnythingElse() throws Exception {
        URI address = address();

        assertThat(send(HttpRequest.newBuilder(address).DELETE()).statusCode()).isEqualTo(403);
        assertThat(send(HttpRequest.newBuilder(URI.create(address.toString().replaceFirst("\\?.*", ""))))
                .statusCode()).isIn(403, 404);
        assertThat(send(HttpRequest.newBuilder(URI.create(address.toString().replaceFirst("data\\?", "link?"))))
                .statusCode()).isEqualTo(403);
    }

    @Test
    void anAddressExpires() throws Exception {
        HttpResponse<byte[]> answer =
                send(HttpRequest.newBuilder(address(Duration.ofMinutes(-10), Optional.empty())));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void anAddressLeadsToThePublicEndpoint() throws Exception {
        try (Interference way = new Interference(azurite.port())) {
            URI address = address(Duration.ofMinutes(20), Optional.of(azurite.endpointAt(way.port())));

            assertThat(address.getPort()).isEqualTo(way.port());
            assertThat(send(HttpRequest.newBuilder(address)).body()).isEqualTo(content.bytes());
        }
    }

    @Test
    void anAddressShowsNoKey() throws Exception {
        assertThat(address().toString()).doesNotContain(Azurite.KEY);
    }
}
