package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code http.idletimeout}: ends connections that carry nothing, and none that carries something now and then. */
class IdleTimeoutIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONGER = TIMEOUT.multipliedBy(2);
    /** More than lies between the two ends of a connection. */
    private static final int LARGE = 48 << 20;

    private static RegistryServer server;

    private final Http http = new Http(server.uri());
    private final Repository repository = Repository.fresh(http, "idle");

    @BeforeAll
    static void start() {
        server = RegistryServer.start(Map.of("REGISTRY_HTTP_IDLETIMEOUT", TIMEOUT.toSeconds() + "s"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void endsAConnectionOnWhichNothingIsAsked() throws Exception {
        try (RawConnection connection = http.connect()) {
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void endsAConnectionBetweenTwoRequests() throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.sendHead("GET /v2/ HTTP/1.1", "Host: x");
            connection.read("GET").expect(200);

            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void endsAPushWhoseBodyStops() throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.sendHead(push(TestContent.unknownDigest()), "Host: x", "Content-Length: 100");
            connection.send(new byte[10]);

            assertThat(connection.readAll()).doesNotContain(" 201 ");
        }
    }

    @Test
    void takesAPushThatIsSlowerThanThat() throws Exception {
        byte[] blob = TestContent.bytes(100_000);
        Digest digest = TestContent.sha256(blob);
        try (RawConnection connection = http.connect()) {
            connection.sendHead(push(digest), "Host: x", "Content-Length: " + blob.length);
            slowly(blob.length, (from, to) -> connection.send(Arrays.copyOfRange(blob, from, to)));

            connection.read("POST").expect(201);
        }
        assertThat(http.get(repository.blob(digest)).send().expect(200).body()).isEqualTo(blob);
    }

    @Test
    void givesAPullThatIsSlowerThanThat() throws Exception {
        byte[] blob = TestContent.bytes(LARGE);
        Digest digest = repository.push(blob);
        byte[] read = new byte[LARGE];
        try (InputStream body = server.uri().resolve(repository.blob(digest)).toURL().openStream()) {
            slowly(LARGE, (from, to) -> body.readNBytes(read, from, to - from));
        }

        assertThat(Arrays.equals(read, blob)).isTrue();
    }

    private String push(Digest digest) {
        return "POST " + repository.uploads() + "?digest=" + digest + " HTTP/1.1";
    }

    @FunctionalInterface
    private interface Part {
        void move(int from, int to) throws IOException;
    }

    /** Moves so many bytes evenly over more time than a connection may carry nothing; other requests fill the time. */
    private void slowly(int size, Part part) throws IOException {
        long begin = System.nanoTime();
        int moved = 0;
        while (moved < size) {
            http.get("/v2/").send().expect(200);
            double share = (double) (System.nanoTime() - begin) / LONGER.toNanos();
            int next = (int) Math.min(size, (long) (share * size) + 1);
            part.move(moved, next);
            moved = next;
        }
    }
}
