package io.longshore.registry.client.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Descriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
    @TempDir
    private Path folder;

    private TestLayout layout;
    private Descriptor shared;
    private Descriptor gone;
    private Descriptor fresh;
    private Descriptor old;

    @BeforeEach
    void fill() {
        layout = new TestLayout(folder);
        shared = layout.layer(1, 1000);
        gone = layout.layer(2, 20);
        fresh = layout.layer(3, 3000);
        old = layout.image(
                "amd64", "{\"User\":\"root\",\"Env\":[\"A=1\",\"B=2\"],\"Labels\":{\"v\":\"1\"}}", shared, gone);
        layout.named("old", old).named("new", layout.image(
                "amd64", "{\"User\":\"app\",\"Env\":[\"A=1\",\"C=3\"],\"Labels\":{\"v\":\"1\"}}", shared, fresh));
    }

    @Test
    void findsNoDifferenceBetweenTheSame() {
        layout.named("other", old);

        ToolRun run = ToolRun.of("diff", layout.place("old"), layout.place("other"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("the same: " + old.digest() + "\n");
    }

    @Test
    void saysHowImagesDiffer() {
        ToolRun run = ToolRun.of("diff", layout.place("old"), layout.place("new"), "--json");

        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERENT);
        assertThat(run.json())
                .containsEntry("same", false)
                .containsEntry("config", Map.of("user", Map.of("from", "root", "to", "app")))
                .containsEntry("env", Map.of("B", Map.of("from", "2"), "C", Map.of("to", "3")))
                .doesNotContainKeys("labels", "annotations", "platforms");
        assertThat(run.json().get("layers")).asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("sharedBytes", 1000)
                .containsEntry("removedBytes", 20)
                .containsEntry("addedBytes", 3000);
    }

    @Test
    void saysItToPeople() {
        assertThat(ToolRun.of("diff", layout.place("old"), layout.place("new")).out().lines())
                .startsWith("--- " + layout.place("old") + " " + old.digest())
                .contains(
                        "- user: root", "+ user: app", "- B: 2", "+ C: 3",
                        "layers: 1 (1.00 kB) shared, 1 (20 B) removed, 1 (3.00 kB) added",
                        "= " + shared.digest() + "  1.00 kB", "- " + gone.digest() + "  20 B",
                        "+ " + fresh.digest() + "  3.00 kB");
    }

    @Test
    void saysHowThePlatformsOfIndexesDiffer() {
        Descriptor arm = layout.image("arm64", "{}", shared);
        layout.named("one", layout.index(List.of("linux/amd64"), old))
                .named("two", layout.index(List.of("linux/amd64", "linux/arm64"), arm, arm));

        assertThat(ToolRun.of("diff", layout.place("one"), layout.place("two"), "--json").json())
                .containsEntry("platforms", Map.of(
                        "linux/amd64", Map.of("from", old.digest().toString(), "to", arm.digest().toString()),
                        "linux/arm64", Map.of("to", arm.digest().toString())));
        assertThat(ToolRun.of("diff", layout.place("one"), layout.place("old")).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ToolRun.of("diff", layout.place("one"), layout.place("old"), "--platform=linux/amd64").exitCode())
                .isZero();
    }

    @Test
    void saysHowManifestsDiffer() {
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                + "\"artifactType\":\"text/%s\",\"config\":" + shared.toJson()
                + ",\"layers\":[],\"annotations\":{\"k\":\"%s\"}}";
        String type = "application/vnd.oci.image.manifest.v1+json";
        layout.named("a", layout.put(type, String.format(manifest, "x", "1")))
                .named("b", layout.put(type, String.format(manifest, "y", "2")));

        assertThat(ToolRun.of("diff", layout.place("a"), layout.place("b"), "--json").json())
                .containsEntry("manifest", Map.of("artifactType", Map.of("from", "text/x", "to", "text/y")))
                .containsEntry("annotations", Map.of("k", Map.of("from", "1", "to", "2")));
    }
}
