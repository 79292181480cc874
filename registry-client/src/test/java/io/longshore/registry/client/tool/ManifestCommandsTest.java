package io.longshore.registry.client.tool;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.client.http.TestServer;
import io.longshore.registry.client.http.TestServer.Reply;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestCommandsTest {
    private static final String INDEX = "{ \"schemaVersion\": 2, \"mediaType\": \"" + MediaTypes.OCI_INDEX
            + "\",\"manifests\":[]}";
    private static final Digest DIGEST =
            Digest.of(DigestAlgorithm.SHA256, INDEX.getBytes(StandardCharsets.UTF_8));

    private final TestServer server = new TestServer();
    private final String image = server.authority() + "/team/app:1";

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void printsAManifestByteForByte() {
        server.then(manifest());

        assertThat(ToolRun.of("manifest", "get", image).out()).isEqualTo(INDEX);
    }

    @Test
    void writesAManifestToAFile() throws IOException {
        server.then(manifest());

        ToolRun run = ToolRun.of("manifest", "get", image, "-o", folder.resolve("m").toString(), "--json");

        assertThat(folder.resolve("m")).hasContent(INDEX);
        assertThat(run.json()).containsAllEntriesOf(described());
    }

    @Test
    void printsAManifestWithWhatItIs() {
        server.then(manifest());

        assertThat(ToolRun.of("manifest", "get", image, "--json").json())
                .containsAllEntriesOf(described())
                .containsEntry("manifest", Map.of(
                        "schemaVersion", 2, "mediaType", MediaTypes.OCI_INDEX, "manifests", List.of()));
    }

    @Test
    void saysWhatAManifestIs() {
        for (int i = 0; i < 2; i++) {
            server.then(status(200)
                    .with("Content-Type", MediaTypes.OCI_INDEX)
                    .with("Docker-Content-Digest", DIGEST.toString())
                    .with("Content-Length", "" + INDEX.length()));
        }

        assertThat(ToolRun.of("manifest", "head", image).out())
                .isEqualTo(DIGEST + "  " + INDEX.length() + "  " + MediaTypes.OCI_INDEX + "\n");
        assertThat(ToolRun.of("manifest", "head", image, "--json").json()).isEqualTo(described());
    }

    @Test
    void findsNoManifest() {
        server.then(status(404), error(404, "MANIFEST_UNKNOWN", "none"));

        assertThat(ToolRun.of("manifest", "head", image))
                .extracting(ToolRun::exitCode, ToolRun::err)
                .containsExactly(3, "longshore: " + image + ": there is no such manifest (MANIFEST_UNKNOWN)\n");
        assertThat(ToolRun.of("manifest", "get", image).exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void storesAManifestUnderAllItsNames() throws IOException {
        Path file = Files.writeString(folder.resolve("index.json"), INDEX);
        server.then(status(201), status(201), status(201));

        ToolRun run = ToolRun.of(
                "manifest", "put", image + "@" + DIGEST, file.toString(), "--tag", "latest", "--json");

        assertThat(run.json()).containsEntry("digest", DIGEST.toString());
        assertThat(server.asked()).containsExactly(
                "PUT /v2/team/app/manifests/" + DIGEST, "PUT /v2/team/app/manifests/1",
                "PUT /v2/team/app/manifests/latest");
        assertThat(server.seen()).allSatisfy(seen -> assertThat(seen.text()).isEqualTo(INDEX));
    }

    @Test
    void storesAManifestFromStandardInputUnderItsDigest() {
        server.then(status(201));

        ToolRun run = ToolRun.withInput(
                "{\"schemaVersion\":2,\"manifests\":[]}", "manifest", "put", server.authority() + "/team/app", "-",
                "--media-type", MediaTypes.DOCKER_LIST);

        assertThat(run.exitCode()).isZero();
        assertThat(server.seen().get(0).header("Content-Type")).isEqualTo(MediaTypes.DOCKER_LIST);
        assertThat(server.seen().get(0).target()).startsWith("/v2/team/app/manifests/sha256:");
    }

    @Test
    void storesNoneThatIsBrokenOrAnother() throws IOException {
        Path file = Files.writeString(folder.resolve("index.json"), INDEX);
        String other = "sha256:" + "0".repeat(64);

        assertThat(ToolRun.withInput("{", "manifest", "put", image, "-").exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ToolRun.of("manifest", "put", image + "@" + other, file.toString()))
                .extracting(ToolRun::exitCode, ToolRun::err)
                .containsExactly(2, "longshore: the manifest is " + DIGEST + " in place of " + other + "\n");
        assertThat(ToolRun.of("manifest", "put", image, folder.resolve("none").toString()).exitCode())
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void deletesAManifest() {
        server.then(status(202));

        assertThat(ToolRun.of("manifest", "delete", image).out()).isEqualTo("deleted " + image + "\n");
    }

    private static Reply manifest() {
        return body(200, INDEX).with("Content-Type", MediaTypes.OCI_INDEX);
    }

    private Map<String, Object> described() {
        return Map.of(
                "name", image, "digest", DIGEST.toString(), "mediaType", MediaTypes.OCI_INDEX,
                "sizeBytes", INDEX.length());
    }
}
