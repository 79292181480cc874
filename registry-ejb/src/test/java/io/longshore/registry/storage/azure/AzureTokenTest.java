package io.longshore.registry.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.http.HttpClient;
import com.azure.storage.blob.BlobContainerClient;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of Entra ID, which go only through HTTPS. */
@ExtendWith(AzuriteExtension.class)
class AzureTokenTest {
    private static final String PASSWORD = "longshore";
    private static final AzureCredential APPLICATION =
            new AzureCredential.ClientSecret(EntraId.TENANT, "client", "hunter2");
    private static final Limits LIMITS = new Limits(1000, 20_000);

    @TempDir
    private Path directory;

    private SSLContext trusting;

    @BeforeEach
    void makeCertificate() throws Exception {
        Path store = directory.resolve("azurite.pfx");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12",
                        "-alias", "azurite", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=127.0.0.1",
                        "-ext", "SAN=IP:127.0.0.1"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()));
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers(), null);
    }

    private Azurite start() throws Exception {
        return Azurite.start(
                "--oauth", "basic", "--cert", directory.resolve("azurite.pfx").toString(), "--pwd", PASSWORD);
    }

    private java.net.http.HttpClient.Builder client() {
        return java.net.http.HttpClient.newBuilder().sslContext(trusting);
    }

    private AzureSettings settings(Azurite azurite, AzureCredential credential) {
        HttpClient http = Connection.httpClient(client());
        BlobContainerClient container = azurite.newContainer(http);
        return new AzureSettings(
                Azurite.ACCOUNT, credential, azurite.endpoint(), container.getBlobContainerName(), "", false, 1,
                Duration.ofMillis(1), Duration.ofMinutes(20), Optional.empty());
    }

    @Test
    void anApplicationWithASecretKeepsBlobsAndGivesAddresses() throws Exception {
        try (Azurite azurite = start()) {
            EntraId entra = new EntraId(Connection.httpClient(client()), "hunter2");
            AzureBlobStore store = AzureBlobStore.open(settings(azurite, APPLICATION), entra, LIMITS);
            Content small = Content.random(500);
            Content copied = Content.random(15_000);
            Content large = Content.random(25_000);
            for (Content content : List.of(small, copied, large)) {
                Blobs.put(store, content);
                Blobs.assertBlob(store, content);
                URI address = store.address(content.digest()).orElseThrow();
                HttpResponse<byte[]> answer = client().build()
                        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(content.bytes());
                assertThat(address.getQuery()).contains("spr=https");
            }
            assertThat(entra.tokens()).isEqualTo(1);
        }
    }

    @Test
    void aSecretThatIsWrongStopsTheStartAndIsNotShown() throws Exception {
        try (Azurite azurite = start()) {
            EntraId entra = new EntraId(Connection.httpClient(client()), "another");
            AzureSettings settings = settings(azurite, APPLICATION);

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> AzureBlobStore.open(settings, entra, LIMITS))
                    .withMessageContaining("Entra ID gives no token: check the credentials")
                    .withMessageContaining("AADSTS7000215")
                    .withMessageNotContaining("hunter2");
        }
    }

    @Test
    void aMachineWithAnIdentityKeepsBlobs() throws Exception {
        try (Azurite azurite = start()) {
            EntraId entra = new EntraId(Connection.httpClient(client()), "unknown");
            AzureSettings settings = settings(azurite, new AzureCredential.Surroundings(Optional.empty()));
            AzureBlobStore store = AzureBlobStore.open(settings, entra, LIMITS);
            Content content = Content.random(15_000);
            Blobs.put(store, content);

            Blobs.assertBlob(store, content);
            assertThat(entra.tokens()).isEqualTo(1);
        }
    }
}
