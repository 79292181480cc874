package io.longshore.registry.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.RawConnection;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.protocol.TestManifest;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is spoken on the one port with nothing but a certificate and its key. */
class HttpsIT {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final SSLContext TRUSTING = TestIdentity.trusting(AUTHORITY.certificate());
    /** Above what WildFly takes unless told otherwise. */
    private static final int LARGE = 12 << 20;

    @TempDir
    private static Path files;

    private static RegistryServer server;

    @BeforeAll
    static void start() {
        AUTHORITY.issue("registry").writeTo(files);
        Map<String, String> environment = new HashMap<>(TestIdentity.environment(files));
        environment.put("REGISTRY_HTTP_RELATIVEURLS", "false");
        server = RegistryServer.start(environment);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void saysThatItIsReadyThere() {
        assertThat(server.output())
                .isEqualTo("Longshore is ready: https://localhost:" + server.uri().getPort() + "/v2/\n");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void speaksTheVersionThatTheClientPrefers(Version version) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(version).sslContext(TRUSTING).build();

        HttpResponse<String> reply = client.send(
                HttpRequest.newBuilder(server.uri().resolve("/v2/")).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.version()).isEqualTo(version);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void takesAndGivesImages(Version version) {
        Http http = Http.secure(server.uri(), TRUSTING, version);
        Repository repository = Repository.fresh(http, "https");

        TestManifest image = repository.pushImage("v1");

        assertThat(http.get(repository.manifest("v1")).send().expect(200).body()).isEqualTo(image.bytes());
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void takesAndGivesLargeBlobsInOneRequestAndInChunks(Version version) {
        Http http = Http.secure(server.uri(), TRUSTING, version);
        Repository repository = Repository.fresh(http, "https");
        byte[] blob = TestContent.bytes(LARGE);
        byte[] other = TestContent.bytes(LARGE);

        Digest digest = repository.push(blob);
        http.patch(repository.startUpload()).chunked(other).send().expect(202);

        assertThat(http.get(repository.blob(digest)).send().expect(200).body()).isEqualTo(blob);
    }

    @Test
    void namesItselfByHttps() {
        Repository repository = Repository.fresh(Http.secure(server.uri(), TRUSTING, Version.HTTP_2), "https");

        assertThat(repository.startUpload()).startsWith(server.uri() + "v2/" + repository.name() + "/blobs/uploads/");
    }

    @Test
    void doesNotAnswerPlainHttp() throws IOException {
        URI plain = URI.create("http://" + server.authority() + "/");
        try (RawConnection connection = RawConnection.to(plain)) {
            connection.sendHead("GET /v2/ HTTP/1.1", "Host: x");

            assertThatThrownBy(() -> connection.read("GET")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void doesNotSpeakWhatCameBeforeTls12() throws IOException {
        assertThat(ClientHello.tls11(server.uri()).refusesTheVersion()).isTrue();
        assertThat(ClientHello.tls12(server.uri()).goesOn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    })
    void speaksTls12WithTheSuitesOfDistribution(String suite) throws IOException {
        assertThat(Handshake.of(server.uri(), TRUSTING, "TLSv1.2", suite).getCipherSuite()).isEqualTo(suite);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"})
    void doesNotSpeakTls12WithOthers(String suite) {
        assertThatThrownBy(() -> Handshake.of(server.uri(), TRUSTING, "TLSv1.2", suite))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void prefersTls13() throws IOException {
        assertThat(Handshake.of(server.uri(), TRUSTING).getProtocol()).isEqualTo("TLSv1.3");
    }
}
