package io.longshore.registry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.Request;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.protocol.TestManifest;
import io.longshore.registry.it.protocol.Upload;
import io.longshore.registry.it.storage.Storage;
import io.longshore.registry.model.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

        assertThat(line.cut()).as("connections to the store").isPositive();
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

        assertThat(line.cut()).as("connections to the store").isPositive();
        isUnavailable(upload.patch().body(second).send());
        line.heal();

        assertThat(upload.range()).isEqualTo("0-" + (first.length - 1));
        upload.take(soon(upload.patch().header("Content-Range", Upload.range(first.length, second)).body(second)));
        upload.finish(TestContent.sha256(blob), blob);
    }

    @Test
    void losesNothingWhenTheLineBreaksInTheMiddleOfAChunk() throws Exception {
        byte[] blob = Seed.bytes(random, SEVERAL_PARTS);
        byte[] first = Arrays.copyOf(blob, 1);
        byte[] second = Arrays.copyOfRange(blob, 1, blob.length);
        Upload upload = Upload.start(http, repository).append(first);

        Future<Integer> broken = line.breakAfter(1 << 20);
        Reply reply = upload.patch().body(second).send();
        assertThat(broken.get(1, TimeUnit.MINUTES)).as("connections that broke").isPositive();
        if (reply.status() == 202) {
            upload.take(reply);
        } else {
            isUnavailable(reply);
            assertThat(upload.range()).isEqualTo("0-0");
            upload.take(soon(upload.patch().body(second)));
        }
        upload.finish(TestContent.sha256(blob), blob);
    }

    @Test
    void sendsNoWrongByteWhenTheLineBreaksInTheMiddleOfAPull() throws Exception {
        byte[] blob = Seed.bytes(random, SEVERAL_PARTS);
        Digest digest = repository.push(blob);
        long cameBytes = 0;
        for (int round = 0; round < 5; round++) {
            Future<Integer> broken = line.breakAfter((1 + 2L * round) << 20);
            byte[] came = pullUntilItBreaks(digest);
            assertThat(broken.get(1, TimeUnit.MINUTES)).as("connections that broke").isPositive();
            assertThat(came).isEqualTo(Arrays.copyOf(blob, came.length));
            cameBytes += came.length;
        }
        assertThat(cameBytes).as("bytes of pulls that a break met").isPositive();
        assertThat(soon(http.get(repository.blob(digest))).body()).isEqualTo(blob);
    }

    /** What comes of a blob: all, or what came until the client could see that it does not have all. */
    private byte[] pullUntilItBreaks(Digest digest) throws Exception {
        HttpRequest pull = HttpRequest.newBuilder(server.uri().resolve(repository.blob(digest))).build();
        HttpResponse<InputStream> reply = HttpClient.newHttpClient().send(pull, BodyHandlers.ofInputStream());
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        try (InputStream body = reply.body()) {
            assertThat(reply.statusCode()).isIn(200, 503);
            if (reply.statusCode() == 200) {
                body.transferTo(came);
                assertThat(came.size()).as("length of a pull that ended well").isEqualTo(SEVERAL_PARTS);
            }
        } catch (IOException broken) {
            assertThat(came.size()).isLessThan(SEVERAL_PARTS);
        }
        return came.toByteArray();
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
