package io.longshore.registry.it.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver that was put into the EAR. */
class InstalledDriverIT {
    @TempDir
    static Path work;

    private static Path installation;

    @BeforeAll
    static void install() throws IOException {
        installation = work.resolve("server");
        Installed.copy(installation);
        ExampleJar.build(ExampleJar.STORAGE_DRIVER, work, installation.resolve("registry.ear/lib/flat.jar"));
    }

    @Test
    void keepsTheBlobs() throws IOException {
        Path folder = work.resolve("blobs");
        byte[] blob = "kept by another".getBytes(StandardCharsets.UTF_8);
        try (RegistryServer server = RegistryServer.start(installation, Map.of(
                "REGISTRY_STORAGE_DRIVER_NAME", "flat",
                "REGISTRY_STORAGE_DRIVER_PARAMETERS_FOLDER", folder.toString()))) {
            Http http = new Http(server.uri());
            Repository repository = Repository.fresh(http, "installed");
            Digest digest = repository.push(blob);

            assertThat(http.get(repository.blob(digest)).send().expect(200).body()).isEqualTo(blob);
            assertThat(folder.resolve("blobs/sha256-" + digest.hex())).hasBinaryContent(blob);
        }
    }

    @Test
    void isMissedByNameWhereItIsNotThere() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> RegistryServer.start(installation, Map.of("REGISTRY_STORAGE_DRIVER_NAME", "tape")))
                .withMessageContaining("there is no storage driver \"tape\" in the EAR");
    }
}
