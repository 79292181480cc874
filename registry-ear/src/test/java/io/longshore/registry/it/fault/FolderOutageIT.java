package io.longshore.registry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.RawConnection;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.protocol.TestManifest;
import io.longshore.registry.it.protocol.Upload;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of the blobs is unmounted while the server runs: there is an empty one until it is mounted again. */
class FolderOutageIT {
    private static final Seed SEED = Seed.of(FolderOutageIT.class);

    @TempDir
    private static Path folder;

    private static RegistryServer server;

    private final Random random = SEED.random(0);
    private final Http http = new Http(server.uri());
    private final Repository repository = Repository.fresh(http, "outage");
    private final Path root = folder.resolve("storage");
    private final Path away = folder.resolve("away");

    @BeforeAll
    static void start() {
        server = RegistryServer.start(Map.of(
                "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", folder.resolve("storage").toString()));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void mountAfterAll() throws IOException {
        if (Files.exists(away)) {
            mount();
        }
    }

    @Test
    void saysThatItIsUnavailableAndGoesOnAsSoonAsTheFolderIsBack() throws IOException {
        byte[] blob = Seed.bytes(random, 10_000);
        Digest digest = repository.push(blob);
        TestManifest image = TestManifest.image(blob);
        repository.push("latest", image);
        byte[] other = Seed.bytes(random, 10_000);
        String push = repository.uploads() + "?digest=" + TestContent.sha256(other);

        unmount();
        isUnavailable(http.get(repository.blob(digest)).send());
        isUnavailable(http.post(push).body(other).send());
        http.head(repository.blob(digest)).send().expect(200);
        assertThat(http.get(repository.manifest("latest")).send().expect(200).body()).isEqualTo(image.bytes());
        http.head(repository.blob(TestContent.sha256(other))).send().expect(404);
        mount();

        assertThat(http.get(repository.blob(digest)).send().expect(200).body()).isEqualTo(blob);
        http.post(push).body(other).send().expect(201);
        assertThat(http.get(repository.blob(TestContent.sha256(other))).send().expect(200).body()).isEqualTo(other);
    }

    @Test
    void goesOnWithAnUploadFromWhatItAcknowledged() throws IOException {
        byte[] blob = Seed.bytes(random, 20_000);
        Digest digest = TestContent.sha256(blob);
        byte[] first = Arrays.copyOf(blob, 12_000);
        byte[] second = Arrays.copyOfRange(blob, first.length, blob.length);
        Upload upload = Upload.start(http, repository).append(first);

        unmount();
        isUnavailable(upload.patch().body(second).send());
        isUnavailable(upload.put(digest).body(second).send());
        mount();

        assertThat(upload.range()).isEqualTo("0-" + (first.length - 1));
        upload.append(first.length, second).finish(digest, blob);
    }

    @Test
    void makesABlobOfAnUploadWhoseEndFoundTheFolderAway() throws IOException {
        byte[] blob = Seed.bytes(random, 20_000);
        Digest digest = TestContent.sha256(blob);
        Upload upload = Upload.start(http, repository).append(blob);

        unmount();
        isUnavailable(upload.put(digest).send());
        mount();

        upload.finish(digest, blob);
    }

    @Test
    void answersTheEndOfAPushThatItHadBegunToTake() throws IOException {
        byte[] blob = Seed.bytes(random, 4 << 20);
        String push = repository.uploads() + "?digest=" + TestContent.sha256(blob);

        try (RawConnection client = http.connect()) {
            client.sendHead("POST " + push + " HTTP/1.1", "Host: " + server.authority(),
                    "Content-Type: application/octet-stream", "Content-Length: " + blob.length);
            client.send(Arrays.copyOf(blob, 3 << 20));
            unmount();
            isUnavailable(client.send(Arrays.copyOfRange(blob, 3 << 20, blob.length)).read("POST"));
        }
        mount();

        http.post(push).body(blob).send().expect(201);
        new StorageFolder(root).holdsNothingButWhatItsNamesSay();
    }

    private void unmount() throws IOException {
        Files.move(root, away);
        Files.createDirectory(root);
    }

    /** Fails if the server made anything meanwhile. */
    private void mount() throws IOException {
        assertThat(root).isEmptyDirectory();
        Files.delete(root);
        Files.move(away, root);
    }

    private static void isUnavailable(Reply reply) {
        reply.expectError(503, "UNAVAILABLE");
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
    }
}
