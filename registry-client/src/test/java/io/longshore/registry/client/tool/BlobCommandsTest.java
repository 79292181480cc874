package io.longshore.registry.client.tool;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.client.http.TestServer;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobCommandsTest {
    private static final String CONTENT = "all of it";
    private static final Digest DIGEST =
            Digest.of(DigestAlgorithm.SHA256, CONTENT.getBytes(StandardCharsets.UTF_8));

    private final TestServer server = new TestServer();
    private final String repository = server.authority() + "/team/app";
    private final String blob = repository + "@" + DIGEST;

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void printsABlob() {
        server.then(body(200, CONTENT));

        assertThat(ToolRun.of("blob", "get", blob).out()).isEqualTo(CONTENT);
    }

    @Test
    void writesABlobToAFile() {
        server.then(body(200, CONTENT));
        Path file = folder.resolve("blob");

        ToolRun run = ToolRun.of("blob", "get", blob, "-o", file.toString(), "--json");

        assertThat(file).hasContent(CONTENT);
        assertThat(run.json()).isEqualTo(Map.of(
                "name", blob, "digest", DIGEST.toString(), "sizeBytes", 9, "file", file.toString()));
    }

    @Test
    void leavesNoFileOfAnotherBlob() {
        server.then(body(200, "something else"));

        ToolRun run = ToolRun.of("blob", "get", blob, "-o", folder.resolve("blob").toString());

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err()).contains("in place of " + DIGEST);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysHowLongABlobIs() {
        server.then(status(200).with("Content-Length", "9"), status(404));

        assertThat(ToolRun.of("blob", "head", blob, "--json").json())
                .isEqualTo(Map.of("name", blob, "digest", DIGEST.toString(), "sizeBytes", 9));
        assertThat(ToolRun.of("blob", "head", blob).exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void storesABlobFromStandardInput() {
        server.then(status(202).with("Location", "/upload"), status(201));

        ToolRun run = ToolRun.withInput(CONTENT, "blob", "put", repository, "-", "--json");

        assertThat(run.json()).isEqualTo(Map.of("name", blob, "digest", DIGEST.toString(), "sizeBytes", 9));
        assertThat(server.seen().get(1).text()).isEqualTo(CONTENT);
    }

    @Test
    void storesNoOtherBlobThanItShould() {
        server.then(status(202).with("Location", "/upload"), status(204));

        ToolRun run = ToolRun.withInput("something else", "blob", "put", blob, "-");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(server.asked()).containsExactly("POST /v2/team/app/blobs/uploads/", "DELETE /upload");
    }

    @Test
    void deletesABlob() {
        server.then(status(202), error(404, "BLOB_UNKNOWN", "none"));

        assertThat(ToolRun.of("blob", "delete", blob, "--json").json()).isEqualTo(Map.of("deleted", List.of(blob)));
        assertThat(ToolRun.of("blob", "delete", blob).exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }
}
