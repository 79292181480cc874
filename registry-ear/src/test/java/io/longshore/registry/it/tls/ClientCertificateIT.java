package io.longshore.registry.it.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.it.RegistryServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code http.tls.clientauth}: who may connect, and what the application learns of it. */
class ClientCertificateIT {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestAuthority STRANGERS = TestAuthority.create("strangers");

    @TempDir
    private static Path work;

    private static Path installation;

    @BeforeAll
    static void install() throws IOException {
        installation = work.resolve("server");
        try (Stream<Path> walk = Files.walk(RegistryServer.INSTALLATION)) {
            for (Path file : (Iterable<Path>) walk::iterator) {
                Files.copy(file, installation.resolve(RegistryServer.INSTALLATION.relativize(file).toString()));
            }
        }
        ShownCertificate.install(installation.resolve("registry.ear/registry-web.war"));
        AUTHORITY.issue("registry").writeTo(work);
        TestIdentity.write(work.resolve("ca.crt"), TestIdentity.pem(AUTHORITY.certificate()));
    }

    private static RegistryServer start(String auth) {
        Map<String, String> environment = new HashMap<>(TestIdentity.environment(work));
        environment.put("REGISTRY_HTTP_TLS_CLIENTCAS", work.resolve("ca.crt").toString());
        environment.put("REGISTRY_HTTP_TLS_CLIENTAUTH", auth);
        return RegistryServer.start(installation, environment);
    }

    @ParameterizedTest
    @CsvSource({
        "request-client-cert, none, CN=mallory, CN=alice",
        "require-any-client-cert, refused, CN=mallory, CN=alice",
        "verify-client-cert-if-given, none, refused, CN=alice",
        "require-and-verify-client-cert, refused, refused, CN=alice",
    })
    void letsInWhomTheModeNamesAndTellsTheApplication(String auth, String nobody, String stranger, String known)
            throws Exception {
        try (RegistryServer server = start(auth)) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                expect(nobody, server, TestIdentity.trusting(AUTHORITY.certificate()), version);
                expect(stranger, server, STRANGERS.issue("mallory").shownTo(AUTHORITY.certificate()), version);
                expect(known, server, AUTHORITY.issue("alice").shownTo(AUTHORITY.certificate()), version);
            }
        }
    }

    private static void expect(String expected, RegistryServer server, SSLContext client, HttpClient.Version version)
            throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder().version(version).sslContext(client).build();
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(ShownCertificate.PATH)).build();
        if (expected.equals("refused")) {
            assertThatThrownBy(() -> http.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            return;
        }
        HttpResponse<String> reply = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.version()).isEqualTo(version);
        assertThat(reply.body()).isEqualTo(expected);
    }
}
