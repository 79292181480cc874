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
import io.longshore.registry.it.storage.Storage;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The store goes away while the server runs, and comes back. */
@EnabledIfSystemProperty(named = "it.storage", matches = "s3|azure", disabledReason = "the store is in the server")
class StorageOutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SEVERAL_PARTS = 12 << 20;
    private static final Seed SEED = Seed.of(StorageOutageIT.class);

    private static CuttableLine line;
    private static RegistryServer server;

    private final Random random = SEED.random(0);
    private final Http http = new Http(server.uri());
    private final Repository repository = Repository.fresh(http, "outage");

    @BeforeAll
    static void start() throws IOException {
        line = new CuttableLine(Storage.underTest().port());
        Map<String, String> environment = new HashMap<>(Storage.underTest().freshAt(line.port()));
        environment.put("REGISTRY_STORAGE_REDIRECT_DISABLE", "true");
        server = RegistryServer.start(environment);
    }

    @AfterAll
    static void stop() throws IOException {
        try {
            server.close();
        } finally {
            line.close();
        }
    }

    @AfterEach
    void heal() {
        line.heal();
    }

    @Test
    void saysThatItIsUnavailableAndGoesOnAsSoonAsTheStoreIsBack() {
        byte[] blob = Seed.bytes(random, 10_000);
        Digest digest = repository.push(blob);
        TestManifest image = TestManifest.image(blob);
        repository.push("latest", image);
        byte[] other = Seed.bytes(random, 10_000);
        Request push = http.post(repository.uploads() + "?digest=" + TestContent.sha256(other)).body(other);

        line.cut();
        isUnavailable(http.get(repository.blob(digest)).send());
        isUnavailable(push.send());
        http.head(repository.blob(digest)).send().expect(200);
        http.get(repository.manifest("latest")).send().expect(200);
        http.head(repository.blob(TestContent.sha256(other))).send().expect(404);
        line.heal();

        assertThat(soon(push).status()).isEqualTo(201);
        assertThat(soon(http.get(repository.blob(digest))).body()).isEqualTo(blob);
    }

    @Test
    void goesOnWithAnUploadFromWhatItAcknowledged() {
        byte[] blob = Seed.bytes(random, SEVERAL_PARTS);
        byte[] first = Arrays.copyOf(blob, 7 << 20);
        byte[] second = Arrays.copyOfRange(blob, first.length, blob.length);
        Upload upload = Upload.start(http, repository).append(first);

        line.cut();
        isUnavailable(upload.patch().body(second).send());
        line.heal();

        assertThat(upload.range()).isEqualTo("0-" + (first.length - 1));
        upload.take(soon(upload.patch().header("Content-Range", Upload.range(first.length, second)).body(second)));
        upload.finish(TestContent.sha256(blob), blob);
    }

    @Test
    void losesNothingWhenTheLineBreaksInTheMiddleOfAChunk() throws IOException {
        byte[] blob = Seed.bytes(random, SEVERAL_PARTS);
        byte[] first = Arrays.copyOf(blob, 1);
        byte[] second = Arrays.copyOfRange(blob, 1, blob.length);
        Upload upload = Upload.start(http, repository).append(first);

        try (RawConnection client = http.connect()) {
            client.sendHead("PATCH " + upload.location() + " HTTP/1.1", "Host: " + server.authority(),
                    "Content-Type: application/octet-stream", "Content-Length: " + second.length);
            client.send(Arrays.copyOf(second, 6 << 20));
            line.cut();
            line.heal();
            client.send(Arrays.copyOfRange(second, 6 << 20, second.length));
            Reply reply = client.read("PATCH");
            if (reply.status() != 202) {
                isUnavailable(reply);
                assertThat(upload.range()).isEqualTo("0-0");
                upload.take(soon(upload.patch().body(second)));
            }
        }
        upload.finish(TestContent.sha256(blob), blob);
    }

    @Test
    void sendsNoWrongByteWhenTheLineBreaksInTheMiddleOfAPull() throws Exception {
        byte[] blob = Seed.bytes(random, SEVERAL_PARTS);
        Digest digest = repository.push(blob);
        for (int cut = 0; cut < 5; cut++) {
            Thread breaker = new Thread(() -> {
                line.cut();
                line.heal();
            });
            try (RawConnection client = http.connect()) {
                client.sendHead("GET " + repository.blob(digest) + " HTTP/1.1", "Host: " + server.authority());
                breaker.start();
                byte[] body = client.read("GET").body();
                assertThat(body).isEqualTo(blob);
            } catch (IOException broken) {
                // the client knows that it does not have all of it
            } finally {
                breaker.join();
            }
        }
        assertThat(soon(http.get(repository.blob(digest))).body()).isEqualTo(blob);
    }

    private static void isUnavailable(Reply reply) {
        reply.expectError(503, "UNAVAILABLE");
        assertThat(reply.header("Retry-After")).isNotEmpty();
    }

    /** Sends a request until it is no longer answered with 503. */
    private static Reply soon(Request request) {
        return await().atMost(PATIENCE).until(request::send, reply -> reply.status() != 503);
    }
}
