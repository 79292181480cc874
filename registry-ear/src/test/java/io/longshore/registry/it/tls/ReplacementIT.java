package io.longshore.registry.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.RawConnection;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are replaced while the server runs. */
class ReplacementIT {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private static Path files;

    private static RegistryServer server;

    private TestIdentity current;

    @BeforeAll
    static void start() {
        AUTHORITY.issue("first").writeTo(files);
        trustClientsOf(AUTHORITY);
        Map<String, String> environment = new HashMap<>(TestIdentity.environment(files));
        environment.put("REGISTRY_HTTP_TLS_CLIENTCAS", files.resolve("clients.crt").toString());
        environment.put("REGISTRY_HTTP_TLS_CLIENTAUTH", "verify-client-cert-if-given");
        server = RegistryServer.start(environment);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void trustClientsOf(TestAuthority authority) {
        TestIdentity.write(files.resolve("clients.crt"), TestIdentity.pem(authority.certificate()));
    }

    @BeforeEach
    void replace() {
        current = AUTHORITY.issue("registry").writeTo(files);
        awaitShown(current);
    }

    private static X509Certificate shown() throws IOException {
        return Handshake.certificate(server.uri(), AUTHORITY.certificate());
    }

    private static void awaitShown(TestIdentity identity) {
        Awaitility.await().atMost(PATIENCE).until(() -> shown().equals(identity.certificate()));
    }

    @Test
    void servesTheNewCertificateWhileConnectionsGoOn() throws IOException {
        Http http = Http.secure(
                server.uri(), TestIdentity.trusting(AUTHORITY.certificate()), HttpClient.Version.HTTP_1_1);
        try (RawConnection connection = http.connect()) {
            connection.sendHead("GET /v2/ HTTP/1.1", "Host: x");
            connection.read("GET").expect(200);

            awaitShown(AUTHORITY.issue("next").writeTo(files));

            connection.sendHead("GET /v2/ HTTP/1.1", "Host: x");
            connection.read("GET").expect(200);
        }
    }

    @Test
    void servesACertificateOfAnotherAlgorithm() {
        awaitShown(AUTHORITY.issue("next", TestAuthority.keys("RSA")).writeTo(files));
    }

    @Test
    void keepsTheOldCertificateIfTheNewFilesAreBrokenAndSaysSo() throws IOException {
        TestIdentity.write(files.resolve(TestIdentity.KEY), "no key");

        Awaitility.await().atMost(PATIENCE).until(() -> server.output().contains("has no private key"));
        assertThat(server.log()).contains("The files of http.tls have changed and cannot be used");
        assertThat(shown()).isEqualTo(current.certificate());
    }

    @Test
    void trustsClientsOfTheAuthoritiesThatTheFilesHaveNow() {
        TestAuthority other = TestAuthority.create("other");

        trustClientsOf(other);

        Awaitility.await().atMost(PATIENCE).until(() -> admits(other.issue("bob")));
        assertThat(admits(AUTHORITY.issue("alice"))).isFalse();
        trustClientsOf(AUTHORITY);
        Awaitility.await().atMost(PATIENCE).until(() -> admits(AUTHORITY.issue("alice")));
        assertThatThrownBy(() -> ask(other.issue("bob"))).isInstanceOf(IOException.class);
    }

    private static boolean admits(TestIdentity client) {
        try {
            ask(client);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void ask(TestIdentity client) throws IOException {
        Http http = Http.secure(
                server.uri(), client.shownTo(AUTHORITY.certificate()), HttpClient.Version.HTTP_1_1);
        try (RawConnection connection = http.connect()) {
            connection.sendHead("GET /v2/ HTTP/1.1", "Host: x");
            connection.read("GET").expect(200);
        }
    }
}
