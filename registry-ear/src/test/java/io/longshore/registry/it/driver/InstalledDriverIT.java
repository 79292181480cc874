package io.longshore.registry.it.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
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
        copy(RegistryServer.INSTALLATION, installation);
        ExampleDriver.build(work, installation.resolve("registry.ear/lib/flat.jar"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
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
