package io.longshore.registry.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.it.RegistryServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code http.tls.minimumtls} and {@code http.tls.ciphersuites}. */
class TlsSettingsIT {
    private final TestAuthority authority = TestAuthority.create("authority");
    private final SSLContext trusting = TestIdentity.trusting(authority.certificate());

    @TempDir
    private Path files;

    private RegistryServer start(KeyPair keys, Map<String, String> settings) {
        authority.issue("registry", keys).writeTo(files);
        Map<String, String> environment = new HashMap<>(TestIdentity.environment(files));
        environment.putAll(settings);
        return RegistryServer.start(environment);
    }

    @Test
    void speaksNothingButTls13IfThatIsTheLeast() throws Exception {
        try (RegistryServer server = start(TestAuthority.ecKeys(), Map.of("REGISTRY_HTTP_TLS_MINIMUMTLS", "tls1.3"))) {
            assertThat(ClientHello.tls12(server.uri()).refusesTheVersion()).isTrue();
            assertThat(version(server)).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void speaksOnlyTheCipherSuitesGiven() throws Exception {
        try (RegistryServer server = start(TestAuthority.keys("RSA"), Map.of("REGISTRY_HTTP_TLS_CIPHERSUITES",
                "[TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,"
                        + " TLS_CHACHA20_POLY1305_SHA256]"))) {
            accepts(server, "TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
            accepts(server, "TLSv1.2", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
            accepts(server, "TLSv1.3", "TLS_CHACHA20_POLY1305_SHA256");
            refuses(server, "TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
            refuses(server, "TLSv1.3", "TLS_AES_256_GCM_SHA384");
            refuses(server, "TLSv1.3", "TLS_AES_128_GCM_SHA256");
            assertThat(version(server)).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void keepsAllSuitesOfTls13IfNoneIsGiven() throws Exception {
        try (RegistryServer server = start(TestAuthority.keys("Ed25519"),
                Map.of("REGISTRY_HTTP_TLS_CIPHERSUITES", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))) {
            accepts(server, "TLSv1.3", "TLS_AES_256_GCM_SHA384");
            accepts(server, "TLSv1.3", "TLS_AES_128_GCM_SHA256");
            accepts(server, "TLSv1.3", "TLS_CHACHA20_POLY1305_SHA256");
            accepts(server, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        }
    }

    /** The certificate with which it asks whether all is well is no user's, nor one who failed to log in. */
    @Test
    void doesNotLogInAtItself() throws Exception {
        TestIdentity.write(files.resolve("ca.crt"), TestIdentity.pem(authority.certificate()));
        try (RegistryServer server = start(TestAuthority.ecKeys(), Map.of(
                "REGISTRY_HTTP_TLS_CLIENTCAS", files.resolve("ca.crt").toString(),
                "REGISTRY_HTTP_TLS_CLIENTAUTH", "verify-client-cert-if-given",
                "REGISTRY_AUTH_CERTIFICATE_NAME", "email",
                "REGISTRY_AUTH_RULES", "[{subject: anonymous, repositories: '**', actions: [admin]}]"))) {
            HttpRequest audit = HttpRequest.newBuilder(server.uri().resolve("/api/v1/audit")).build();

            assertThat(HttpClient.newBuilder().sslContext(trusting).build()
                    .send(audit, HttpResponse.BodyHandlers.ofString()).body()).isEqualTo("{\"events\":[]}");
        }
    }

    private void accepts(RegistryServer server, String protocol, String suite) throws IOException {
        assertThat(Handshake.of(server.uri(), trusting, protocol, suite).getCipherSuite()).isEqualTo(suite);
    }

    private void refuses(RegistryServer server, String protocol, String suite) {
        assertThatThrownBy(() -> Handshake.of(server.uri(), trusting, protocol, suite))
                .isInstanceOf(SSLHandshakeException.class);
    }

    private HttpClient.Version version(RegistryServer server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/v2/")).build();
        return HttpClient.newBuilder().sslContext(trusting).build()
                .send(request, HttpResponse.BodyHandlers.discarding()).version();
    }
}
