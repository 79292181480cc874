package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longshore.registry.it.RegistryExtension;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The largest manifest: four mebibytes unless configured otherwise. */
@ExtendWith(RegistryExtension.class)
@Tag("end-7a")
class ManifestSizeIT {
    private static final int LIMIT = 4 << 20;

    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "size");

    /** A manifest of exactly this size; white space at the end makes up for the rest. */
    private static TestManifest ofSize(int size) {
        ObjectNode json = TestManifest.indexJson().put("io.example.id", TestContent.unknownDigest().hex());
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(bytes, size);
        Arrays.fill(padded, bytes.length, size, (byte) ' ');
        return new TestManifest(json.path("mediaType").textValue(), padded);
    }

    @Test
    void takesAManifestOfTheLimit() {
        TestManifest manifest = ofSize(LIMIT);

        repository.push("v1", manifest);

        assertThat(http.get(repository.manifest("v1")).send().expect(200).body()).isEqualTo(manifest.bytes());
    }

    @Test
    void takesAManifestOfTheLimitInChunkedCoding() {
        TestManifest manifest = ofSize(LIMIT);

        http.put(repository.manifest("v1"))
                .header("Content-Type", manifest.mediaType())
                .chunked(manifest.bytes())
                .send()
                .expect(201);
    }

    @Test
    @Tag("code-10")
    void refusesAManifestOfOneByteMore() {
        TestManifest manifest = ofSize(LIMIT + 1);

        repository.put("v1", manifest).send().expectError(413, "SIZE_INVALID");

        http.get(repository.manifest("v1")).send().expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    @Tag("code-10")
    void refusesAManifestOfOneByteMoreInChunkedCoding() throws Exception {
        TestManifest manifest = ofSize(LIMIT + 1);
        try (RawConnection connection = http.connect()) {
            connection.sendHead(
                    "PUT " + repository.manifest("v1") + " HTTP/1.1",
                    "Host: x",
                    "Content-Type: " + manifest.mediaType(),
                    "Transfer-Encoding: chunked");
            connection.sendChunk(manifest.bytes()).sendLastChunk();

            connection.read("PUT").expectError(413, "SIZE_INVALID");
        }
        http.get(repository.manifest("v1")).send().expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void answersATooLargeManifestBeforeItIsSent() throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.sendHead(
                    "PUT " + repository.manifest("v1") + " HTTP/1.1",
                    "Host: x",
                    "Content-Length: " + (LIMIT + 1),
                    "Expect: 100-continue");

            connection.read("PUT").expectError(413, "SIZE_INVALID");
        }
    }
}
