package io.longshore.registry.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDocumentsTest {
    private final TestServer server = new TestServer();
    private final CountDownLatch end = new CountDownLatch(1);

    HttpDocumentsTest() throws IOException {}

    @AfterEach
    void stop() {
        end.countDown();
        server.close();
    }

    private String get(Duration timeout) throws Exception {
        byte[] document = new HttpDocuments(Optional.empty(), false, timeout).get(server.url("/a")).get();
        return new String(document, StandardCharsets.UTF_8);
    }

    private void failsWith(String message) {
        failsWith(HttpDocuments.TIMEOUT, message);
    }

    private void failsWith(Duration timeout, String message) {
        assertThatThrownBy(() -> get(timeout))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    @Test
    void fetchesADocument() throws Exception {
        server.answer("/a", "{}");

        assertThat(get(HttpDocuments.TIMEOUT)).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 400, 401, 404, 500, 503})
    void failsIfTheAnswerIsAnother(int status) {
        server.answer("/a", TestServer.text(status, ""));

        failsWith(server.url("/a") + " answers " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        server.answer("/b", "{}");
        server.answer("/a", exchange -> {
            exchange.getResponseHeaders().set("Location", server.url("/b").toString());
            exchange.sendResponseHeaders(status, -1);
        });

        failsWith("answers " + status);
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void readsNoMoreThanALimit() throws Exception {
        server.answer("/a", "x".repeat(512 << 10));
        assertThat(get(HttpDocuments.TIMEOUT)).hasSize(512 << 10);

        server.answer("/a", "x".repeat((512 << 10) + 1));
        failsWith("longer than");
    }

    @Test
    void readsNoMoreThanALimitOfWhatNeverEnds() {
        server.answer("/a", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] some = new byte[64 << 10];
            while (end.getCount() > 0) {
                exchange.getResponseBody().write(some);
            }
        });

        failsWith("longer than");
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() {
        server.answer("/a", exchange -> await());

        failsWith(Duration.ofMillis(200), "does not answer in time");
    }

    @Test
    void givesUpOnABodyThatDoesNotEnd() {
        server.answer("/a", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
        });

        failsWith(Duration.ofMillis(200), "does not answer in time");
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void failsIfNobodyListens() {
        server.close();

        failsWith("cannot be reached (ConnectException)");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://issuer.example/keys", "http://127.0.0.1.example/keys", "http://10.0.0.1/", "file:///etc/passwd",
        "http://localhost@issuer.example/", "ftp://127.0.0.1/", "http://128.0.0.1/"
    })
    void speaksPlainHttpWithThisMachineAlone(String url) {
        assertThatThrownBy(() -> new HttpDocuments(Optional.empty(), false).get(URI.create(url)).get())
                .hasMessageContaining("is not an address of HTTPS");
    }

    @Test
    void believesServersOfTheAuthoritiesThatAreGiven(@TempDir Path folder) throws Exception {
        Instant now = Instant.now();
        Instant end = now.plusSeconds(3600);
        Certificates.Issued root = Certificates.issue("root", null, true, now.minusSeconds(60), end);
        Certificates.Issued own = Certificates.issue("server", root, false, now.minusSeconds(60), end);
        Path authorities = Files.writeString(folder.resolve("ca.pem"), root.pem());
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(own.serverContext()));
        secure.createContext("/", exchange -> TestServer.text(200, "{}").handle(exchange));
        secure.start();
        try {
            URI url = URI.create("https://127.0.0.1:" + secure.getAddress().getPort() + "/");

            assertThat(new HttpDocuments(Optional.of(authorities), false).get(url).get()).asString().isEqualTo("{}");
            assertThatThrownBy(() -> new HttpDocuments(Optional.empty(), true).get(url).get())
                    .hasMessageContaining("PKIX path building failed");
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void refusesAuthoritiesThatAreNone(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ca.pem");
        assertThatThrownBy(() -> new HttpDocuments(Optional.of(file), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());

        Files.writeString(file, "no certificate");
        assertThatThrownBy(() -> new HttpDocuments(Optional.of(file), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected certificates in PEM");
    }
}
