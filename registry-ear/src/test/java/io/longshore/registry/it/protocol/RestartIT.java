package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.model.Digest;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was acknowledged is there after a stop and a start, and uploads go on. */
class RestartIT {
    private static RegistryServer server;

    private final Http http = new Http(server.uri());
    private final Repository repository = Repository.fresh(http, "restart");
    private final TestManifest image = repository.newImage();
    private final byte[] blob = TestContent.bytes(300_000);
    private final byte[] first = Arrays.copyOf(blob, 100_000);
    private final byte[] second = Arrays.copyOfRange(blob, 100_000, 200_000);
    private final byte[] third = Arrays.copyOfRange(blob, 200_000, 300_000);

    @BeforeAll
    static void start() {
        server = RegistryServer.start(Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private void push() {
        repository.put(image.digest() + "?tag=v1&tag=v2", image).send().expect(201);
        repository.push(blob);
        http.delete(repository.manifest("v2")).send().expect(202);
    }

    private void isAllThere() {
        assertThat(http.get(repository.manifest("v1")).send().expect(200).body()).isEqualTo(image.bytes());
        http.get(repository.manifest("v2")).send().expectError(404, "MANIFEST_UNKNOWN");
        assertThat(http.get(repository.path("tags/list")).send().expect(200).strings("tags")).containsExactly("v1");
        assertThat(http.get(repository.blob(TestContent.sha256(blob))).send().expect(200).body()).isEqualTo(blob);
        assertThat(http.get("/v2/_catalog?n=1&last=" + repository.name().replaceAll(".$", "")).send().text())
                .contains(repository.name());
    }

    @Test
    @Tag("end-5")
    @Tag("end-6")
    @Tag("end-13")
    void goesOnWithUploadsThatBeganBeforeAStop() {
        push();
        Digest sha512 = TestContent.sha512(blob);
        Upload upload = Upload.start(http, repository, "?digest-algorithm=sha512").append(0, first);
        Upload untouched = Upload.start(http, repository);

        server.stop();
        server.restart();

        isAllThere();
        assertThat(upload.range()).isEqualTo("0-99999");
        upload.append(100_000, second).created(upload.put(sha512).body(third).send(), sha512, blob);
        assertThat(untouched.range()).isEqualTo("0-0");
        untouched.append(0, blob).finish(TestContent.sha256(blob), blob);
    }
}
