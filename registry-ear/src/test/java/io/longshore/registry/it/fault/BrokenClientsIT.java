package io.longshore.registry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.RawConnection;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Clients that break off or say nothing, among others that do as they should. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks at open files in /proc")
class BrokenClientsIT {
    private static final int BROKEN = 50;
    private static final int SILENT = 100;
    private static final int ROUNDS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static RegistryServer server;

    private final Random random = Seed.of(BrokenClientsIT.class).random(0);
    private final Http http = new Http(server.uri());
    private final Repository repository = Repository.fresh(http, "broken");
    private final StorageFolder storage = StorageFolder.of(server);

    @BeforeAll
    static void start() {
        server = RegistryServer.start(Map.of("REGISTRY_DATABASE_MAXPOOLSIZE", "4"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void keepsNothingOfClientsThatBreakOffDuringPushesAndPulls() throws IOException {
        byte[] blob = Seed.bytes(random, 4 << 20);
        Digest digest = repository.push(blob);
        breakOff(blob, digest);
        awaitNothingLeft();
        long before = connections();

        for (int round = 0; round < ROUNDS; round++) {
            breakOff(blob, digest);
        }

        awaitNothingLeft();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(connections()).as("connections").isLessThanOrEqualTo(before));
        assertThat(http.get(repository.blob(digest)).send().expect(200).body()).isEqualTo(blob);
        storage.holdsNothingButWhatItsNamesSay();
    }

    @Test
    void servesOthersWhileManyUploadsSendNothing() throws IOException {
        List<RawConnection> silent = new ArrayList<>();
        repository.pushImage("before");
        awaitNothingLeft();
        long before = connections();
        try {
            for (int i = 0; i < SILENT; i++) {
                silent.add(push(TestContent.unknownDigest(), 1 << 20));
            }
            for (int i = 0; i < 10; i++) {
                byte[] blob = Seed.bytes(random, 100_000);
                Digest digest = repository.push(blob);
                assertThat(http.get(repository.blob(digest)).send().expect(200).body()).isEqualTo(blob);
                repository.pushImage("meanwhile" + i);
            }
        } finally {
            for (RawConnection connection : silent) {
                connection.reset();
            }
        }

        awaitNothingLeft();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(connections()).as("connections").isLessThanOrEqualTo(before));
        repository.pushImage("after");
    }

    /** Half of them in the middle of a push, half of a pull. */
    private void breakOff(byte[] blob, Digest digest) throws IOException {
        for (int i = 0; i < BROKEN; i++) {
            RawConnection connection = i % 2 == 0 ? push(TestContent.sha256(blob), blob.length) : pull(digest);
            if (i % 2 == 0) {
                connection.send(Seed.bytes(random, random.nextInt(1 << 20)));
            }
            byte[] other = Seed.bytes(random, 1000);
            repository.push(other);
            connection.reset();
        }
    }

    private RawConnection push(Digest digest, int length) throws IOException {
        return http.connect().sendHead("POST " + repository.uploads() + "?digest=" + digest + " HTTP/1.1",
                "Host: " + server.authority(), "Content-Type: application/octet-stream", "Content-Length: " + length);
    }

    private RawConnection pull(Digest digest) throws IOException {
        return http.connect().sendHead("GET " + repository.blob(digest) + " HTTP/1.1", "Host: " + server.authority());
    }

    private void awaitNothingLeft() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(storage.stages()).as("stages").isEmpty();
            assertThat(openBeneath(storage.root())).as("open files of the storage").isEmpty();
        });
    }

    /**
     * How many sockets the server has open. Not counted is what its threads wait with: each keeps its own, so that there
     * is no more of it than of threads.
     */
    private static long connections() throws IOException {
        return open().stream().filter(target -> target.toString().startsWith("socket:")).count();
    }

    private static List<Path> openBeneath(Path folder) throws IOException {
        return open().stream().filter(target -> target.startsWith(folder)).toList();
    }

    private static List<Path> open() throws IOException {
        Path folder = Path.of("/proc", Long.toString(server.process().pid()), "fd");
        List<Path> targets = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(folder)) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    targets.add(Files.readSymbolicLink(descriptor));
                } catch (IOException closedMeanwhile) {
                    // as those of requests that just ended are
                }
            }
        }
        return targets;
    }
}
