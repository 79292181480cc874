package io.longshore.registry.it.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.fault.CuttableLine;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.RawConnection;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror of a real registry, over a line that is cut: nothing is lost, nothing half-stored, every digest is right. */
class MirrorIT {
    private static final int LARGE = 24 << 20;
    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static DockerRegistry upstream;
    private static CuttableLine line;
    private static RegistryServer server;
    private static Http http;

    private String there;
    private Upstream other;
    private Repository here;

    @BeforeAll
    static void start() throws IOException {
        upstream = DockerRegistry.start(folder.resolve("upstream"));
        line = new CuttableLine(upstream.port());
        server = RegistryServer.start(Map.of("REGISTRY_PROXY_UPSTREAMS", """
                [{name: hub, remoteurl: "http://127.0.0.1:%d", namespaces: [hub.example], tagttl: 0s}]"""
                .formatted(line.port())));
        http = new Http(server.uri());
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        line.close();
        upstream.close();
    }

    /** What the test before did to the upstream may still be remembered. */
    @BeforeEach
    void nameRepository() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> http.get("/v2/hub/none/manifests/" + COUNT.incrementAndGet()).send().status() == 404);
        there = "team/app" + COUNT.incrementAndGet();
        here = new Repository(http, "hub/" + there);
        other = Upstream.of(upstream, there);
    }

    @AfterEach
    void heal() {
        line.heal();
        upstream.restartIfStopped();
    }

    private long fetches(Digest blob) {
        return upstream.requests("GET", "/v2/" + there + "/blobs/" + blob);
    }

    private void awaitStored(Digest blob) {
        upstream.stop();
        await().atMost(Duration.ofMinutes(1)).until(() -> http.get(here.blob(blob)).send().status() == 200);
    }

    @Test
    void fetchesEachBlobOnceForFiftyClients() throws Exception {
        byte[][] layers = {Upstream.bytes(1, LARGE), Upstream.bytes(2, 1 << 20), Upstream.bytes(3, 10)};
        other.image(layers);
        ExecutorService clients = Executors.newFixedThreadPool(50);
        List<Future<?>> pulls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            pulls.add(clients.submit(() -> {
                http.get(here.manifest("v1")).send().expect(200);
                for (byte[] layer : layers) {
                    Digest digest = TestContent.sha256(layer);
                    assertThat(http.get(here.blob(digest)).send().expect(200).body()).isEqualTo(layer);
                }
            }));
        }

        for (Future<?> pulled : pulls) {
            pulled.get();
        }
        clients.shutdown();
        for (byte[] layer : layers) {
            assertThat(fetches(TestContent.sha256(layer))).isEqualTo(1);
        }
    }

    @Test
    void goesOnWhereTheLineWasCut() throws Exception {
        byte[] layer = Upstream.bytes(4, LARGE);
        Digest digest = other.blob(layer);
        other.image(layer);
        http.get(here.manifest("v1")).send().expect(200);
        line.breakAfter(LARGE / 3);

        assertThat(http.get(here.blob(digest)).send().expect(200).body()).isEqualTo(layer);

        assertThat(fetches(digest)).isEqualTo(2);
        awaitStored(digest);
        assertThat(http.get(here.blob(digest)).send().expect(200).body()).isEqualTo(layer);
    }

    @Test
    void breaksOffWhatCannotBeFetchedToTheEndAndStoresNoneOfIt() throws Exception {
        byte[] layer = Upstream.bytes(5, LARGE);
        Digest digest = other.blob(layer);
        other.image(layer);
        http.get(here.manifest("v1")).send().expect(200);
        line.breakAfter(LARGE / 2).thenRun(line::cut);

        try (RawConnection connection = http.connect()) {
            connection.sendHead("GET " + here.blob(digest) + " HTTP/1.1", "Host: a");
            assertThatIOException().as("no clean end").isThrownBy(() -> connection.read("GET"));
        }

        http.get(here.blob(digest)).send().expectError(503, "UNAVAILABLE");
        line.heal();
        await().atMost(Duration.ofMinutes(1)).until(() -> http.get(here.blob(digest)).send().status() == 200);
        assertThat(http.get(here.blob(digest)).send().expect(200).body()).isEqualTo(layer);
    }

    @Test
    void givesNobodyTheEndOfWhatIsNotWhatItShouldBe() throws Exception {
        byte[] layer = Upstream.bytes(6, LARGE);
        Digest digest = other.blob(layer);
        other.image(layer);
        byte[] wrong = layer.clone();
        wrong[1000]++;
        Files.write(upstream.file(digest), wrong);
        http.get(here.manifest("v1")).send().expect(200);

        try (RawConnection connection = http.connect()) {
            connection.sendHead("GET " + here.blob(digest) + " HTTP/1.1", "Host: a");
            assertThatIOException().as("no clean end").isThrownBy(() -> connection.read("GET"));
        }

        Files.write(upstream.file(digest), layer);
        await().atMost(Duration.ofMinutes(1)).until(() -> http.get(here.blob(digest)).send().status() == 200);
        assertThat(http.get(here.blob(digest)).send().body()).isEqualTo(layer);
    }

    @Test
    void refusesAnotherLengthThanThatOfTheManifest() throws Exception {
        byte[] layer = Upstream.bytes(7, 100_000);
        Digest digest = other.blob(layer);
        other.image(layer);
        Files.write(upstream.file(digest), Arrays.copyOf(layer, 50_000));
        http.get(here.manifest("v1")).send().expect(200);

        http.get(here.blob(digest)).send().expectError(503, "UNAVAILABLE");
    }

    @Test
    void goesOnWhenTheClientLeaves() throws Exception {
        byte[] layer = Upstream.bytes(8, LARGE);
        Digest digest = other.blob(layer);
        other.image(layer);
        http.get(here.manifest("v1")).send().expect(200);
        RawConnection connection = http.connect();
        connection.sendHead("GET " + here.blob(digest) + " HTTP/1.1", "Host: a");
        connection.readLine();
        connection.reset();

        await().atMost(Duration.ofMinutes(1)).until(() -> fetches(digest) == 1);
        awaitStored(digest);

        assertThat(http.get(here.blob(digest)).send().expect(200).body()).isEqualTo(layer);
    }

    @Test
    void knowsSizesAndServesRangesOfWhatIsNotHere() throws Exception {
        byte[] layer = Upstream.bytes(9, 1 << 20);
        Digest digest = other.blob(layer);

        Reply head = http.head(here.blob(digest)).send().expect(200);
        assertThat(head.contentLength()).isEqualTo(layer.length);
        assertThat(fetches(digest)).isZero();

        Reply part = http.get(here.blob(digest)).header("Range", "bytes=1000-1999").send().expect(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(layer, 1000, 2000));
        assertThat(part.header("Content-Range")).isEqualTo("bytes 1000-1999/" + layer.length);
        Reply tail = http.get(here.blob(digest)).header("Range", "bytes=-10").send().expect(206);
        assertThat(tail.body()).isEqualTo(Arrays.copyOfRange(layer, layer.length - 10, layer.length));
        assertThat(fetches(digest)).isEqualTo(1);
    }

    @Test
    void servesWhatIsHereWhileTheUpstreamIsDownAndSaysWhyTheRestIsNot() throws Exception {
        byte[] layer = Upstream.bytes(10, 1000);
        Digest digest = other.blob(layer);
        Digest manifest = other.image(layer);
        http.get(here.manifest("v1")).send().expect(200);
        http.get(here.blob(digest)).send().expect(200);
        awaitStored(digest);

        Reply stale = http.get(here.manifest("v1")).send().expect(200);
        assertThat(stale.header("Warning")).startsWith("299 - \"").contains("hub").doesNotContain("127.0.0.1");
        assertThat(http.head(here.manifest("v1")).send().expect(200).header("Warning")).startsWith("299 - ");
        assertThat(http.get(here.manifest(manifest)).send().expect(200).values("Warning")).isEmpty();
        assertThat(http.get(here.manifest("v2")).send().expectError(503, "UNAVAILABLE").text()).contains("hub");
        http.get(here.path("referrers/" + manifest)).send().expectError(503, "UNAVAILABLE");
    }

    @Test
    void followsATagThatMovesAndForgetsOneThatGoes() throws Exception {
        Digest first = other.image(Upstream.bytes(11, 10));
        assertThat(http.get(here.manifest("v1")).send().header("Docker-Content-Digest")).isEqualTo(first.toString());
        Digest second = other.image(Upstream.bytes(12, 10));
        assertThat(http.head(here.manifest("v1")).send().header("Docker-Content-Digest")).isEqualTo(second.toString());

        other.repository().manifests().delete(second);

        http.get(here.manifest("v1")).send().expectError(404, "MANIFEST_UNKNOWN");
        http.get(here.manifest(second)).send().expect(200);
    }

    @Test
    void isAskedByTheNameOfTheOtherRegistry() throws Exception {
        byte[] layer = Upstream.bytes(13, 10);
        Digest digest = other.blob(layer);
        other.image(layer);

        for (String address : List.of(
                "/v2/" + there + "/manifests/v1", "/v2/" + there + "/blobs/" + digest, "/v2/" + there + "/tags/list")) {
            Reply reply = http.get(address + "?ns=hub.example").send().expect(200);
            assertThat(reply.header("OCI-Namespace")).isEqualTo("hub.example");
        }
        assertThat(http.get("/v2/" + there + "/manifests/v2?ns=hub.example").send().expectError(404, "MANIFEST_UNKNOWN")
                .header("OCI-Namespace")).isEqualTo("hub.example");
        http.get("/v2/" + there + "/manifests/v1?ns=other.example").send().expectError(404, "NAME_UNKNOWN");
        http.get("/v2/" + there + "/manifests/v1").send().expectError(404, "MANIFEST_UNKNOWN");
        http.get(here.manifest("v1") + "?ns=" + http.registry().getAuthority()).send().expect(200);
    }

    @Test
    void refusesToBePushedTo() {
        Reply refused = http.post(here.uploads()).send().expectError(405, "UNSUPPORTED");

        assertThat(refused.header("Allow")).isEqualTo("GET, HEAD");
        http.put(here.manifest("v1")).header("Content-Type", MediaTypes.OCI_MANIFEST).body("{}").send()
                .expectError(405, "UNSUPPORTED");
        new Repository(http, "mine/" + there).push(Upstream.bytes(14, 10));
    }

    @Test
    void leavesNothingHalfStoredWhenItDies() throws Exception {
        byte[] layer = Upstream.bytes(15, LARGE);
        Digest digest = other.blob(layer);
        other.image(layer);
        http.get(here.manifest("v1")).send().expect(200);
        line.breakAfter(LARGE / 2).thenRun(server::killJvm);
        try (RawConnection connection = http.connect()) {
            connection.sendHead("GET " + here.blob(digest) + " HTTP/1.1", "Host: a");
            assertThatIOException().isThrownBy(() -> connection.read("GET"));
        }

        server.restart();

        assertThat(http.get(here.blob(digest)).send().expect(200).body()).isEqualTo(layer);
    }
}
