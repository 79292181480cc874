package io.longshore.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.client.http.ClientIdentity;
import io.longshore.registry.client.http.RetryPolicy;
import io.longshore.registry.client.http.TestCertificates;
import io.longshore.registry.client.http.TestCertificates.Issued;
import io.longshore.registry.client.http.TlsServer;
import io.longshore.registry.client.http.TlsServer.Seen;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RepositoryName;
import io.undertow.util.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xnio.SslClientAuthMode;

class TlsTest {
    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final RetryPolicy ONCE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final TlsServer registry = server(SslClientAuthMode.NOT_REQUESTED, "127.0.0.1", "localhost");

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void speaksHttp2ToARegistryOfATrustedAuthority() throws IOException {
        client(registry).trust(List.of(AUTHORITY.authority())).build().ping();

        assertThat(registry.seen()).containsExactly(
                new Seen("GET /v2/", "HTTP/2.0", Optional.empty(), Optional.of("longshore"), false));
    }

    @Test
    void trustsTheAuthoritiesOfAFile(@TempDir Path folder) throws IOException {
        Path file = TestCertificates.write(
                folder.resolve("ca.pem"), new TestCertificates().authority(), AUTHORITY.authority());

        client(registry).trust(file).build().ping();

        assertThat(registry.seen()).hasSize(1);
    }

    @Test
    void refusesAnAuthorityThatNobodyNamed() {
        assertThatIOException()
                .isThrownBy(() -> client(registry).build().ping())
                .withStackTraceContaining(SSLException.class.getPackageName());
        assertThatIOException().isThrownBy(
                () -> client(registry).trust(List.of(new TestCertificates().authority())).build().ping());
        assertThat(registry.seen()).isEmpty();
    }

    @Test
    void refusesTheCertificateOfAnotherHost() {
        try (TlsServer other = server(SslClientAuthMode.NOT_REQUESTED, "other.example")) {
            assertThatIOException()
                    .isThrownBy(() -> client(other).trust(List.of(AUTHORITY.authority())).build().ping())
                    .withStackTraceContaining("127.0.0.1");
            assertThat(other.seen()).isEmpty();
        }
    }

    @Test
    void doesNotLookAtTheCertificateOfAHostThatIsNamed() throws IOException {
        try (TlsServer other = server(SslClientAuthMode.NOT_REQUESTED, "other.example")) {
            client(other).insecure(authority(other)).build().ping();

            assertThat(other.seen()).extracting(Seen::protocol).containsExactly("HTTP/2.0");
        }
    }

    @Test
    void looksAtTheCertificatesOfAllOtherPorts() {
        try (TlsServer other = server(SslClientAuthMode.NOT_REQUESTED, "other.example")) {
            other.then(307, Map.of("Location", "https://" + authority(registry) + "/v2/"));

            assertThatIOException().isThrownBy(() -> client(other).insecure(authority(other)).build().ping());
            assertThat(other.seen()).hasSize(1);
            assertThat(registry.seen()).isEmpty();
        }
    }

    @Test
    void showsItsCertificate(@TempDir Path folder) throws IOException, GeneralSecurityException {
        Issued alice = AUTHORITY.issue("alice");
        Issued bob = AUTHORITY.issueRsa("bob");
        try (TlsServer strict = server(SslClientAuthMode.REQUIRED, "127.0.0.1")) {
            for (ClientIdentity identity : List.of(
                    ClientIdentity.of(alice.writeCertificate(folder.resolve("a")), alice.writeKey(folder.resolve("k"))),
                    ClientIdentity.of(bob.store("s3cret"), "s3cret".toCharArray()))) {
                trusting(strict).identity(identity).build().ping();
            }

            assertThat(strict.seen()).extracting(Seen::client)
                    .containsExactly(Optional.of("CN=alice"), Optional.of("CN=bob"));
        }
    }

    @Test
    void isNotLetInWithoutACertificate() {
        try (TlsServer strict = server(SslClientAuthMode.REQUIRED, "127.0.0.1")) {
            assertThatIOException().isThrownBy(() -> trusting(strict).build().ping());
            assertThat(strict.seen()).isEmpty();
        }
    }

    @Test
    void showsItsCertificateToNoOtherHost() throws IOException, GeneralSecurityException {
        ClientIdentity alice = ClientIdentity.of(AUTHORITY.issue("alice").store("x"), "x".toCharArray());
        try (TlsServer first = server(SslClientAuthMode.REQUESTED, "127.0.0.1");
                TlsServer storage = server(SslClientAuthMode.REQUESTED, "127.0.0.1")) {
            first.then(307, Map.of("Location", "https://" + authority(storage) + "/x"));

            trusting(first).identity(alice).build().ping();

            assertThat(first.seen()).extracting(Seen::client).containsExactly(Optional.of("CN=alice"));
            assertThat(storage.seen()).extracting(Seen::client).containsExactly(Optional.empty());
        }
    }

    @Test
    void callsItselfAsItIsTold() throws IOException {
        trusting(registry).userAgent("tool/1.0 (tests)").build().ping();

        assertThat(registry.seen()).extracting(Seen::userAgent).containsExactly(Optional.of("tool/1.0 (tests)"));
    }

    @Test
    void pullsAndPushesLargeBlobsByHttp2() throws IOException {
        byte[] content = TestRegistry.bytes(20 << 20);
        Digest digest = Digest.of(DigestAlgorithm.SHA256, content);
        AtomicReference<byte[]> pushed = new AtomicReference<>();
        registry.then(exchange -> exchange.getOutputStream().write(content));
        registry.then(202, Map.of("Location", "/up"));
        registry.then(exchange -> {
            pushed.set(exchange.getInputStream().readAllBytes());
            exchange.setStatusCode(201);
        });
        Blobs blobs = trusting(registry).build().repository(RepositoryName.parse("a/b")).blobs();

        try (InputStream blob = blobs.pull(digest)) {
            assertThat(blob.readAllBytes()).isEqualTo(content);
        }
        blobs.push(
                Descriptor.of(MediaTypes.OCTET_STREAM, digest, content.length), () -> new ByteArrayInputStream(content));

        assertThat(pushed.get()).isEqualTo(content);
        assertThat(registry.seen()).extracting(Seen::protocol).containsOnly("HTTP/2.0").hasSize(3);
    }

    @Test
    void goesOnByHttp2WhereABlobWasCutOff() throws IOException {
        byte[] content = TestRegistry.bytes(1 << 20);
        registry.then(exchange -> {
            exchange.setResponseContentLength(content.length);
            exchange.getOutputStream().write(content, 0, 600_000);
            exchange.getOutputStream().flush();
            exchange.getConnection().close();
        });
        registry.then(exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.setStatusCode(range == null ? 200 : 206);
            exchange.getResponseHeaders().put(
                    Headers.CONTENT_RANGE, "bytes " + from + '-' + (content.length - 1) + '/' + content.length);
            exchange.getOutputStream().write(content, from, content.length - from);
        });
        Blobs blobs = client(registry)
                .trust(List.of(AUTHORITY.authority()))
                .retries(new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .build().repository(RepositoryName.parse("a/b")).blobs();

        try (InputStream blob = blobs.pull(Digest.of(DigestAlgorithm.SHA256, content))) {
            assertThat(blob.readAllBytes()).isEqualTo(content);
        }
        assertThat(registry.seen()).hasSize(2);
    }

    private static TlsServer server(SslClientAuthMode mode, String... hosts) {
        return new TlsServer(AUTHORITY.server(hosts), mode);
    }

    private static String authority(TlsServer server) {
        return "127.0.0.1:" + server.port();
    }

    private static RegistryClient.Builder client(TlsServer server) {
        return RegistryClient.builder(authority(server)).encrypted().retries(ONCE);
    }

    private static RegistryClient.Builder trusting(TlsServer server) {
        return client(server).trust(List.of(AUTHORITY.authority()));
    }
}
