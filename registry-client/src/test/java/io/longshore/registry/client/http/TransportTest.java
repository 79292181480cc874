package io.longshore.registry.client.http;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.hangUp;
import static io.longshore.registry.client.http.TestServer.redirect;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
    private static final byte[] BYTES = "0123456789".getBytes(StandardCharsets.UTF_8);

    private final TestTransport time = new TestTransport();
    private final Transport transport = time.plain();
    private final TestServer server = new TestServer();
    private final TestServer other = new TestServer();

    @AfterEach
    void stop() {
        server.close();
        other.close();
    }

    @Test
    void sendsTheBodyItIsGiven() throws IOException {
        server.then(body(201, "made"));

        assertThat(read(Request.of("PUT", server.uri("/x?y=z")).with(Body.of(BYTES, 2, 5)).with("A", "b")))
                .isEqualTo("201 made");
        assertThat(server.asked()).containsExactly("PUT /x?y=z");
        assertThat(server.seen().get(0).text()).isEqualTo("23456");
        assertThat(server.seen().get(0).header("A")).isEqualTo("b");
        assertThat(server.seen().get(0).header("Upgrade")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void repeatsWhatMayPass(int status) throws IOException {
        server.then(status(status), status(status), body(200, "at last"));

        try (Response response = transport.send(Request.of("GET", server.uri("/")))) {
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.isRepeated()).isTrue();
        }
        assertThat(time.waits()).hasSize(2);
        assertThat(time.waits().get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(time.waits().get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 416, 501})
    void takesOtherRefusalsAsTheyAre(int status) throws IOException {
        server.then(status(status));

        assertThat(read(Request.of("GET", server.uri("/")))).isEqualTo(status + " ");
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void givesUpAfterTheLastAttempt() throws IOException {
        server.then(status(503), status(503), status(503), status(200));

        assertThat(read(Request.of("GET", server.uri("/")))).isEqualTo("503 ");
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void waitsAsLongAsItIsAsked() throws IOException {
        server.then(
                status(429).with("Retry-After", "7"),
                status(503).with("Retry-After", "Sat, 31 Jan 2026 12:00:20 GMT"),
                status(200));

        assertThat(read(Request.of("GET", server.uri("/")))).isEqualTo("200 ");
        assertThat(time.waits()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(13));
    }

    @Test
    void doesNotWaitLongerThanItMay() throws IOException {
        server.then(status(429).with("Retry-After", "50"), status(429).with("Retry-After", "11"));

        assertThat(read(Request.of("GET", server.uri("/")))).isEqualTo("429 ");
        assertThat(time.waits()).containsExactly(Duration.ofSeconds(50));
    }

    @Test
    void repeatsWhatWasCutOff() throws IOException {
        server.then(hangUp(), body(200, "again"));

        assertThat(read(Request.of("PUT", server.uri("/")).with(Body.of(BYTES, 0, 10)))).isEqualTo("200 again");
        assertThat(server.seen()).extracting(TestServer.Seen::text).containsExactly("0123456789", "0123456789");
    }

    @Test
    void sendsOnceWhatMustNotBeRepeated() {
        server.then(hangUp(), status(200));

        assertThatIOException()
                .isThrownBy(() -> transport.send(
                        Request.of("PATCH", server.uri("/up?state=s3cret")).with(Body.of(BYTES, 0, 10)).once()))
                .withMessageStartingWith("PATCH " + server.uri("/up") + ": ")
                .withMessageNotContaining("s3cret");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void followsRedirectsWithinTheHost() throws IOException {
        server.then(status(307).with("Location", "/b?c=d"), redirect(308, server.uri("/e")), body(200, "there"));

        Request request = Request.of("GET", server.uri("/a"))
                .with("Authorization", "Bearer t")
                .with("Range", "bytes=1-");

        assertThat(read(request)).isEqualTo("200 there");
        assertThat(server.asked()).containsExactly("GET /a", "GET /b?c=d", "GET /e");
        assertThat(server.seen().get(2).header("Authorization")).isEqualTo("Bearer t");
        assertThat(server.seen().get(2).header("Range")).isEqualTo("bytes=1-");
    }

    @Test
    void keepsTheAuthorizationFromAnotherPort() throws IOException {
        server.then(redirect(302, other.uri("/b")));
        other.then(redirect(307, server.uri("/c")));
        server.then(status(200));

        read(Request.of("GET", server.uri("/a")).with("Authorization", "Bearer t"));

        assertThat(other.seen().get(0).header("Authorization")).isNull();
        assertThat(server.seen().get(1).header("Authorization")).isNull();
    }

    @Test
    void keepsMethodAndBodyOverARedirect() throws IOException {
        server.then(redirect(307, other.uri("/b")));
        other.then(status(201));

        assertThat(read(Request.of("PUT", server.uri("/a")).with(Body.of(BYTES, 0, 10)))).isEqualTo("201 ");
        assertThat(other.asked()).containsExactly("PUT /b");
        assertThat(other.seen().get(0).text()).isEqualTo("0123456789");
    }

    @Test
    void doesNotTurnAWriteIntoARead() throws IOException {
        server.then(redirect(303, other.uri("/b")));

        assertThat(read(Request.of("POST", server.uri("/a")))).isEqualTo("303 ");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 405})
    void getsWhatMayNotBeLookedAtElsewhere(int status) throws IOException {
        byte[] large = new byte[10 << 20];
        server.then(redirect(307, other.uri("/b?signed=for-HEAD")), redirect(307, other.uri("/b?signed=for-GET")));
        other.then(status(status), body(200, large));

        Request request = Request.of("HEAD", server.uri("/a")).with("Authorization", "Bearer t");
        try (Response response = transport.send(request)) {
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.length()).hasValue(large.length);
        }
        assertThat(server.asked()).containsExactly("HEAD /a", "GET /a");
        assertThat(other.asked()).containsExactly("HEAD /b?signed=for-HEAD", "GET /b?signed=for-GET");
        assertThat(server.seen().get(1).header("Authorization")).isEqualTo("Bearer t");
        assertThat(other.seen().get(1).header("Authorization")).isNull();
    }

    @Test
    void believesThatWhatIsLookedAtElsewhereIsNotThere() throws IOException {
        server.then(redirect(307, other.uri("/b")), redirect(307, other.uri("/b")), redirect(307, other.uri("/b")));
        other.then(status(404), status(403), status(403));

        assertThat(read(Request.of("HEAD", server.uri("/a")))).isEqualTo("404 ");
        assertThat(read(Request.of("HEAD", server.uri("/a")))).isEqualTo("403 ");
        assertThat(other.asked()).containsExactly("HEAD /b", "HEAD /b", "GET /b");
    }

    @Test
    void looksOnceOnlyAtWhatTheServerItselfRefuses() throws IOException {
        server.then(status(403));

        assertThat(read(Request.of("HEAD", server.uri("/a")))).isEqualTo("403 ");
        assertThat(server.asked()).containsExactly("HEAD /a");
    }

    @Test
    void followsFiveRedirectsAndNoMore() throws IOException {
        for (int i = 0; i < 6; i++) {
            server.then(redirect(307, server.uri("/" + i)));
        }

        assertThatIOException()
                .isThrownBy(() -> transport.send(Request.of("GET", server.uri("/a"))))
                .withMessageContaining("redirected more than 5 times");
        assertThat(server.asked()).hasSize(6);
    }

    @Test
    void keepsToItsOriginWhatIsConfined() {
        server.then(redirect(307, other.uri("/b")));

        assertThatIOException()
                .isThrownBy(() -> transport.send(Request.of("POST", server.uri("/a")).confine()))
                .withMessageContaining("redirected to " + Origin.of(other.uri("/")));
        assertThat(other.asked()).isEmpty();
    }

    @Test
    void speaksInTheClearOnlyToThoseItShould() {
        Transport strict = time.with(new PlainHosts(Set.of(), false), RetryPolicy.DEFAULT);

        assertThatIOException()
                .isThrownBy(() -> strict.send(Request.of("GET", server.uri("/"))))
                .withMessageContaining("by https only");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void refusesALocationThatLeadsNowhere() {
        server.then(
                status(307).with("Location", "http://[x"),
                status(307).with("Location", "mailto:a@b.example"));

        for (int i = 0; i < 2; i++) {
            assertThatIOException()
                    .isThrownBy(() -> transport.send(Request.of("GET", server.uri("/")).once()))
                    .withMessageContaining("Location");
        }
    }

    @Test
    void tellsWhatTheRegistryWarnsOf() throws IOException {
        server.then(status(200)
                .with("Warning", "299 - \"say \\\"when\\\"\"")
                .with("Warning", "110 - \"stale\"")
                .with("Warning", "299 agent \"not of the specification\""));

        read(Request.of("GET", server.uri("/a?b=c")));

        assertThat(time.warnings()).containsExactly(server.uri("/a") + " say \"when\"");
    }

    @Test
    void usesAConnectionAgainWhoseReplyWasReadToItsLastByte() throws IOException {
        Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
        byte[] large = new byte[1 << 20];
        for (int i = 0; i < 100; i++) {
            server.then((exchange, seen) -> {
                clients.add(exchange.getRemoteAddress());
                body(200, large).send(exchange, seen);
            });
            try (Response response = transport.send(Request.of("GET", server.uri("/")))) {
                assertThat(response.body().readNBytes(large.length)).hasSize(large.length);
            }
        }
        // A request may begin before the connection of the last one is free.
        assertThat(clients).hasSizeLessThan(10);
    }

    @Test
    void doesNotKeepTryingAHostThatDoesNotExist() {
        assertThatIOException()
                .isThrownBy(() -> transport.send(Request.of("GET", URI.create("https://nowhere.invalid/x"))))
                .withMessageStartingWith("GET https://nowhere.invalid/x: ");
        assertThat(time.waits()).isEmpty();
    }

    private String read(Request request) throws IOException {
        try (Response response = transport.send(request)) {
            return response.status() + " " + new String(response.bytes(1000), StandardCharsets.UTF_8);
        }
    }
}
