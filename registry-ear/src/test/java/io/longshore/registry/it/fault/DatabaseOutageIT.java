package io.longshore.registry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.RawConnection;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.Request;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.protocol.TestManifest;
import io.longshore.registry.it.protocol.Upload;
import io.longshore.registry.model.Digest;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The database goes away while the server runs, and comes back. */
class DatabaseOutageIT {
    private static final int POOL = 4;
    /** One for each connection that the pool may not yet know to be broken, and one. */
    private static final int TRIES = POOL + 1;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Seed SEED = Seed.of(DatabaseOutageIT.class);

    private static EmbeddedPostgres database;
    private static CuttableLine line;
    private static RegistryServer server;

    private final Random random = SEED.random(0);
    private final Http http = new Http(server.uri());
    private final Repository repository = Repository.fresh(http, "outage");
    private final Acknowledged acknowledged = new Acknowledged(http, repository);

    @BeforeAll
    static void start() throws IOException {
        database = EmbeddedPostgres.builder().setOverrideWorkingDirectory(new File("target/postgres")).start();
        line = new CuttableLine(database.getPort());
        server = RegistryServer.start(Map.of(
                "REGISTRY_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + line.port() + "/postgres",
                "REGISTRY_DATABASE_USER", "postgres",
                "REGISTRY_DATABASE_PASSWORD", "postgres",
                "REGISTRY_DATABASE_MAXPOOLSIZE", "" + POOL,
                "REGISTRY_DATABASE_CONNECTTIMEOUT", "1s"));
    }

    @AfterAll
    static void stop() throws IOException {
        try {
            if (server != null) {
                server.close();
            }
        } finally {
            database.close();
            line.close();
        }
    }

    @AfterEach
    void heal() {
        line.heal();
    }

    @Test
    void saysThatItIsUnavailableAndGoesOnAsSoonAsTheDatabaseIsBack() {
        byte[] blob = Seed.bytes(random, 10_000);
        TestManifest image = pushed(blob);
        Upload upload = Upload.start(http, repository).append(blob);
        byte[] other = Seed.bytes(random, 10_000);
        List<Request> requests = List.of(
                http.get(repository.manifest("latest")),
                http.get(repository.blob(TestContent.sha256(blob))),
                http.get(repository.path("tags/list")),
                http.get("/v2/_catalog"),
                repository.put("latest", image),
                http.post(repository.uploads() + "?digest=" + TestContent.sha256(other)).body(other),
                upload.patch().body(other));

        line.cut();
        requests.forEach(request -> isUnavailable(request.send()));
        isUnavailableWithoutBody(http.head(repository.manifest("latest")).send());
        http.get("/v2/").send().expect(200);
        line.heal();

        for (Request request : requests.subList(0, requests.size() - 1)) {
            assertThat(soon(request).status()).as("after the outage").isIn(200, 201);
        }
        acknowledged.isThere();
        goOn(upload, blob);
    }

    @Test
    void goesOnWithAnUploadWhoseChunkWasUnderWayWhenTheDatabaseWentAway() throws IOException {
        byte[] first = Seed.bytes(random, 10_000);
        Upload upload = Upload.start(http, repository).append(first);

        try (RawConnection client = http.connect()) {
            client.sendHead("PATCH " + upload.location() + " HTTP/1.1", "Host: " + server.authority(),
                    "Content-Type: application/octet-stream", "Content-Length: 20000");
            client.send(Seed.bytes(random, 10_000));
            line.cut();
            isUnavailable(client.send(Seed.bytes(random, 10_000)).read("PATCH"));
        }
        line.heal();

        goOn(upload, first);
    }

    @Test
    void makesABlobOfAnUploadWhoseEndWasUnderWayWhenTheDatabaseWentAway() throws IOException {
        byte[] blob = Seed.bytes(random, 10_000);
        Digest digest = TestContent.sha256(blob);
        Upload upload = Upload.start(http, repository).append(blob);

        line.cut();
        isUnavailable(upload.put(digest).send());
        line.heal();

        assertThat(soon(upload.put(digest)).status()).isEqualTo(201);
        acknowledged.blob(digest, blob);
        acknowledged.isThere();
    }

    @Test
    void losesNothingWhenTheLineIsCutAgainAndAgainDuringPushes() throws InterruptedException {
        for (int cycle = 0; cycle < 3; cycle++) {
            Thread pusher = new Thread(new Pusher(http, repository, "c" + cycle, SEED.random(1 + cycle), acknowledged));
            int enough = acknowledged.size() + 5 + random.nextInt(10);
            pusher.start();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5))
                    .until(() -> acknowledged.size() >= enough || !pusher.isAlive());
            line.cut();
            pusher.join();
            line.heal();
            soon(http.get(repository.path("tags/list")));
            assertThat(acknowledged.size()).isGreaterThanOrEqualTo(enough);
        }
        acknowledged.isThere();
        StorageFolder.of(server).holdsNothingButWhatItsNamesSay();
    }

    private TestManifest pushed(byte[] blob) {
        acknowledged.blob(repository.push(blob), blob);
        TestManifest image = TestManifest.image(blob);
        repository.push("latest", image);
        acknowledged.tag("latest", image);
        return image;
    }

    private void goOn(Upload upload, byte[] first) {
        soon(http.get(upload.location()));
        byte[] second = Seed.bytes(random, 10_000);
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        blob.writeBytes(first);
        blob.writeBytes(second);
        assertThat(upload.range()).isEqualTo("0-" + (first.length - 1));
        upload.append(first.length, second).finish(TestContent.sha256(blob.toByteArray()), blob.toByteArray());
    }

    /** Sends this until it is answered otherwise than by 503, but not often. */
    private static Reply soon(Request request) {
        Reply reply = request.send();
        for (int i = 1; i < TRIES && reply.status() == 503; i++) {
            reply = request.send();
        }
        assertThat(reply.status()).as("%s: %s", reply.request(), reply.text()).isLessThan(300);
        return reply;
    }

    private static void isUnavailable(Reply reply) {
        reply.expectError(503, "UNAVAILABLE");
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
    }

    private static void isUnavailableWithoutBody(Reply reply) {
        reply.expect(503);
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
    }
}
