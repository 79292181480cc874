package io.longshore.registry.client.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.MediaTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectCommandTest {
    private static final String CONFIG = "{\"User\":\"app\",\"Env\":[\"PATH=/bin\",\"A=1\"],\"Cmd\":[\"run\",\"it\"],"
            + "\"Labels\":{\"by\":\"a\u001btest\"},\"ExposedPorts\":{\"80/tcp\":{}},\"Volumes\":null}";

    @TempDir
    private Path folder;

    private TestLayout layout;
    private Descriptor image;
    private Descriptor layer;
    private Descriptor index;

    @BeforeEach
    void fill() {
        layout = new TestLayout(folder);
        layer = layout.layer(1, 12_345);
        image = layout.image("amd64", CONFIG.replace("\u001b", "\\u001b"), layer);
        index = layout.index(List.of("linux/amd64"), image);
        layout.named("1", image).named("all", index);
    }

    @Test
    void saysWhatAnImageIs() {
        Map<String, Object> said = ToolRun.of("inspect", layout.place("1"), "--json").json();

        assertThat(said)
                .containsEntry("name", layout.place("1"))
                .containsEntry("kind", "image")
                .containsEntry("digest", image.digest().toString())
                .containsEntry("mediaType", MediaTypes.OCI_MANIFEST)
                .containsEntry("platform", Map.of("os", "linux", "architecture", "amd64"))
                .containsEntry("created", "2020-01-01T00:00:00Z")
                .containsEntry("config", Map.of(
                        "user", "app",
                        "cmd", List.of("run", "it"),
                        "exposedPorts", List.of("80/tcp"),
                        "env", Map.of("PATH", "/bin", "A", "1"),
                        "labels", Map.of("by", "a\u001btest")))
                .containsEntry("layers", List.of(Map.of(
                        "digest", layer.digest().toString(), "mediaType", TestLayout.LAYER, "sizeBytes", 12_345)))
                .doesNotContainKeys("manifests", "artifactType", "subject", "annotations");
    }

    @Test
    void letsNothingSteerTheTerminalInJson() {
        String sly = "\\u001b[1m\\u009b2J\\u007f\\u202e\u00e9";
        layout.named("sly", layout.image("amd64", "{\"Labels\":{\"by\":\"" + sly + "\"}}", layer));

        ToolRun run = ToolRun.of("inspect", layout.place("sly"), "--json");

        assertThat(run.out()).contains("\\u001B[1m\\u009b2J\\u007F\\u202e\u00e9")
                .doesNotContain("\u001b", "\u009b", "\u007f", "\u202e");
        assertThat(run.json()).extractingByKey("config")
                .isEqualTo(Map.of("labels", Map.of("by", "\u001b[1m\u009b2J\u007f\u202e\u00e9")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "1", "", "{"})
    void refusesAConfigThatIsNoObject(String config) {
        Descriptor blob = layout.put("application/vnd.oci.image.config.v1+json", config);
        layout.named("bad", layout.put(MediaTypes.OCI_MANIFEST, "{\"schemaVersion\":2,\"mediaType\":\""
                + MediaTypes.OCI_MANIFEST + "\",\"config\":" + blob.toJson() + ",\"layers\":[]}"));

        ToolRun run = ToolRun.of("inspect", layout.place("bad"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("the config of the image is no JSON object").doesNotContain("fault of");
    }

    @Test
    void saysItToPeopleAndLetsNothingSteerTheTerminal() {
        assertThat(ToolRun.of("inspect", layout.place("1")).out().lines())
                .contains(
                        "Digest:        " + image.digest(), "Platform:      linux/amd64", "  A=1", "  by=a?test",
                        "  " + layer.digest() + "  12.3 kB  " + TestLayout.LAYER);
    }

    @Test
    void saysWhatAnIndexHas() {
        Map<String, Object> said = ToolRun.of("inspect", layout.place("all"), "--json").json();

        assertThat(said)
                .containsEntry("kind", "index")
                .containsEntry("annotations", Map.of("by", "a test"))
                .containsEntry("manifests", List.of(Map.of(
                        "digest", image.digest().toString(), "mediaType", MediaTypes.OCI_MANIFEST,
                        "sizeBytes", (int) image.sizeBytes(),
                        "platform", Map.of("os", "linux", "architecture", "amd64"))));
        assertThat(ToolRun.of("inspect", layout.place("all")).out())
                .contains("  " + image.digest() + "  " + image.sizeBytes() + " B  linux/amd64\n");
    }

    @Test
    void choosesTheImageOfAPlatform() {
        assertThat(ToolRun.of("inspect", layout.place("all"), "--platform=linux/amd64", "--json").json())
                .containsEntry("digest", image.digest().toString());
        ToolRun run = ToolRun.of("inspect", layout.place("all"), "--platform=linux/arm/v7");
        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run.err()).contains("there is no image for linux/arm/v7, but for linux/amd64");
        assertThat(ToolRun.of("inspect", layout.place("all"), "--platform=arm").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void printsTheConfigAsItIs() {
        assertThat(ToolRun.of("inspect", layout.place("1"), "--config").out())
                .startsWith("{\"os\":\"linux\"").contains("\"config\":{\"User\":\"app\"");
        assertThat(ToolRun.of("inspect", layout.place("all"), "--config").err()).contains("--platform");
    }
}
