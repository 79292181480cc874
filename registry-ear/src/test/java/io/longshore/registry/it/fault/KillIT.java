package io.longshore.registry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.RawConnection;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.protocol.Upload;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server is killed in the middle of pushes and started again. */
class KillIT {
    private static final int CYCLES = 3;
    private static final int PUSHERS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Seed seed = Seed.of(KillIT.class);
    private final Random random = seed.random(0);
    private final ExecutorService clients = Executors.newFixedThreadPool(PUSHERS);
    private final RegistryServer server = RegistryServer.start(Map.of());
    private final Http http = new Http(server.uri());
    private final Repository repository = Repository.fresh(http, "kill");
    private final Acknowledged acknowledged = new Acknowledged(http, repository);

    @AfterEach
    void stop() {
        clients.shutdownNow();
        server.close();
    }

    @Test
    void losesNothingThatItAcknowledgedBeforeItWasKilled() throws Exception {
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            byte[] first = Seed.bytes(random, 1 + random.nextInt(100_000));
            Upload upload = Upload.start(http, repository).append(first);

            RawConnection unfinished = half(upload);
            try {
                killDuringPushes(cycle);
            } finally {
                unfinished.close();
            }
            server.restart();

            acknowledged.isThere();
            StorageFolder.find(server).ifPresent(StorageFolder::holdsNothingButWhatItsNamesSay);
            goOn(upload, first);
        }
    }

    /** A chunk of which only the first half is ever sent. */
    private RawConnection half(Upload upload) throws Exception {
        return http.connect()
                .sendHead("PATCH " + upload.location() + " HTTP/1.1", "Host: " + server.authority(),
                        "Content-Type: application/octet-stream", "Content-Length: 20000")
                .send(Seed.bytes(random, 10_000));
    }

    private void killDuringPushes(int cycle) throws Exception {
        List<? extends Future<?>> pushes = IntStream.range(0, PUSHERS)
                .mapToObj(i -> clients.submit(new Pusher(http, repository, "c" + cycle + "p" + i,
                        seed.random(1 + cycle * PUSHERS + i), acknowledged)))
                .toList();
        int enough = acknowledged.size() + 20 + random.nextInt(60);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(
                () -> acknowledged.size() >= enough || pushes.stream().anyMatch(Future::isDone));
        assertThat(pushes).as("pushes that go on").noneMatch(Future::isDone);
        kill();
        for (Future<?> push : pushes) {
            push.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** With or without its database. */
    private void kill() throws Exception {
        if (random.nextBoolean()) {
            server.kill();
            return;
        }
        ProcessHandle database = server.databaseProcess().orElseThrow();
        server.killJvm();
        database.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void goOn(Upload upload, byte[] first) {
        byte[] second = Seed.bytes(random, 50_000);
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        blob.writeBytes(first);
        blob.writeBytes(second);

        assertThat(upload.range()).isEqualTo("0-" + (first.length - 1));
        upload.append(first.length, second).finish(TestContent.sha256(blob.toByteArray()), blob.toByteArray());
        acknowledged.blob(TestContent.sha256(blob.toByteArray()), blob.toByteArray());
    }
}
