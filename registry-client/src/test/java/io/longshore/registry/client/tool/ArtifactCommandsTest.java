package io.longshore.registry.client.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** push, pull, attach and referrers. */
class ArtifactCommandsTest {
    private static final String EMPTY_DIGEST =
            "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    @TempDir
    private Path folder;

    private TestLayout layout;
    private Path file;
    private Path out;

    @BeforeEach
    void fill() throws IOException {
        layout = new TestLayout(folder.resolve("layout"));
        file = Files.writeString(folder.resolve("notes.txt"), "some notes");
        out = folder.resolve("out");
    }

    @Test
    void pushesFilesAsAnArtifactAndPullsThemAgain() {
        ToolRun push = ToolRun.of(
                "push", layout.place("notes"), file + ":text/plain", "--artifact-type", "application/x-notes",
                "--annotation", "a=1", "--annotation", "b=2=3", "--json");
        ToolRun pull = ToolRun.of("pull", layout.place("notes"), out.toString(), "--json");

        assertThat(push.json())
                .containsEntry("artifactType", "application/x-notes")
                .containsEntry("mediaType", MediaTypes.OCI_MANIFEST);
        assertThat(push.json().get("files")).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(1);
        assertThat(out.resolve("notes.txt")).hasContent("some notes");
        assertThat(pull.json()).containsEntry("digest", push.json().get("digest")).containsEntry("unnamed", 0);
        assertThat(ToolRun.of("inspect", layout.place("notes"), "--json").json())
                .containsEntry("kind", "artifact")
                .containsEntry("annotations", Map.of("a", "1", "b", "2=3"))
                .containsEntry("configDigest", EMPTY_DIGEST);
    }

    @Test
    void makesTheSameArtifactOfTheSameFiles() {
        Object first = ToolRun.of("push", layout.place("a"), file.toString(), "--json").json().get("digest");

        assertThat(ToolRun.of("push", layout.place("b"), file.toString(), "--json").json())
                .containsEntry("digest", first);
    }

    @Test
    void pushesAConfig() throws IOException {
        Path config = Files.writeString(folder.resolve("config.json"), "{\"a\":1}");
        ToolRun.of("push", layout.place("a"), file.toString(), "--config", config + ":application/x-config+json");

        assertThat(ToolRun.of("inspect", layout.place("a"), "--config").out()).isEqualTo("{\"a\":1}");
        assertThat(ToolRun.of("inspect", layout.place("a"), "--json").json())
                .containsEntry("artifactType", "application/x-config+json");
    }

    @Test
    void replacesOtherFilesAndLeavesTheSame() throws IOException {
        ToolRun.of("push", layout.place("a"), file.toString());
        Files.createDirectories(out);
        Files.writeString(out.resolve("notes.txt"), "SOME NOTES");

        assertThat(ToolRun.of("pull", layout.place("a"), out.toString()).out()).isEqualTo(out + "/notes.txt\n");
        assertThat(out.resolve("notes.txt")).hasContent("some notes");
        assertThat(ToolRun.of("pull", layout.place("a"), out.toString()).err()).contains("blob  was there");
    }

    @Test
    void givesEachFileItsContentIfTwoHaveTheSame() throws IOException {
        Path twin = Files.writeString(folder.resolve("twin.txt"), "some notes");
        ToolRun.of("push", layout.place("a"), file.toString(), twin.toString());

        ToolRun.of("pull", layout.place("a"), out.toString());

        assertThat(out.resolve("notes.txt")).hasContent("some notes");
        assertThat(out.resolve("twin.txt")).hasContent("some notes");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "../evil", "a/../../evil", "/evil", "", ".", "a/..", "..\\evil", "c:evil", "evil\u0000"
    })
    void writesNothingOutsideOfTheFolder(String title) throws IOException {
        artifact("a", "good.txt", title);

        ToolRun run = ToolRun.of("pull", layout.place("a"), out.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    @Test
    void followsNoLinkOutOfTheFolder() throws IOException {
        artifact("a", "link/evil");
        Files.createDirectories(out);
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createSymbolicLink(out.resolve("link"), elsewhere);

        ToolRun run = ToolRun.of("pull", layout.place("a"), out.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("leads out of the folder");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void replacesALinkAndNotWhatItLeadsTo() throws IOException {
        artifact("a", "file");
        Files.createDirectories(out);
        Files.createSymbolicLink(out.resolve("file"), file);

        assertThat(ToolRun.of("pull", layout.place("a"), out.toString()).exitCode()).isZero();
        assertThat(file).hasContent("some notes");
        assertThat(out.resolve("file")).hasContent("content 0").isRegularFile();
    }

    @Test
    void refusesTwoFilesOfOneName() {
        artifact("a", "x", "./x");

        assertThat(ToolRun.of("pull", layout.place("a"), out.toString()).err()).contains("two files");
        assertThat(ToolRun.of("push", layout.place("b"), file.toString(), file.toString()).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void makesFoldersOfTheNames() {
        artifact("a", "deep/down/file");

        assertThat(ToolRun.of("pull", layout.place("a"), out.toString()).exitCode()).isZero();
        assertThat(out.resolve("deep/down/file")).hasContent("content 0");
    }

    @Test
    void pullsAnImageIntoALayoutAndPushesItBack() {
        Descriptor image = layout.image("amd64", "{}", layout.layer(1, 10));
        layout.named("image", image);
        String other = "oci:" + out;

        assertThat(ToolRun.of("pull", layout.place("image"), out.toString()).err()).contains("no files with names");
        assertThat(ToolRun.of("pull", layout.place("image"), other, "--json").json())
                .containsEntry("digest", image.digest().toString());
        assertThat(ToolRun.of("push", layout.place("again"), other + ":image", "--json").json())
                .containsEntry("names", List.of("again"))
                .containsEntry("present", 1)
                .containsEntry("copied", 0);
    }

    @Test
    void attachesFilesToAnImageAndFindsThem() {
        Descriptor image = layout.image("amd64", "{}", layout.layer(1, 10));
        layout.named("image", image);

        ToolRun attach = ToolRun.of(
                "attach", layout.place("image"), file.toString(), "--artifact-type", "text/notes", "--json");
        ToolRun.of("attach", layout.place("image"), file.toString(), "--artifact-type", "text/other");

        assertThat(attach.json()).containsEntry("subject", image.digest().toString());
        assertThat(ToolRun.of("referrers", layout.place("image")).out().lines()).hasSize(2);
        assertThat(ToolRun.of("referrers", layout.place("image"), "--artifact-type", "text/notes", "--json").json())
                .containsEntry("digest", image.digest().toString())
                .extracting("referrers")
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("digest", attach.json().get("digest"))
                .containsEntry("artifactType", "text/notes");
    }

    @Test
    void attachesNothingOfNoTypeAndNoFolders() {
        layout.named("image", layout.image("amd64", "{}"));

        assertThat(ToolRun.of("attach", layout.place("image"), file.toString()).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ToolRun.of("push", layout.place("a"), folder.toString()).err()).contains("pack it");
        assertThat(ToolRun.of("push", layout.place("a"), folder.resolve("none").toString()).exitCode())
                .isEqualTo(ExitCode.NOT_FOUND);
    }

    /** Named files as others may write them. */
    private void artifact(String name, String... titles) {
        StringBuilder layers = new StringBuilder();
        for (int i = 0; i < titles.length; i++) {
            Descriptor layer = layout.put("text/plain", "content " + i);
            layers.append(i == 0 ? "" : ",")
                    .append(layer.withAnnotations(Map.of(LayerFile.TITLE, titles[i])).toJson());
        }
        Descriptor empty = layout.put(MediaTypes.OCI_EMPTY, "{}");
        layout.named(name, layout.put(MediaTypes.OCI_MANIFEST, "{\"schemaVersion\":2,\"mediaType\":\""
                + MediaTypes.OCI_MANIFEST + "\",\"config\":" + empty.toJson() + ",\"layers\":[" + layers + "]}"));
    }
}
