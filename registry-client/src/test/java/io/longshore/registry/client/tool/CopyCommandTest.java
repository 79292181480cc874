package io.longshore.registry.client.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Descriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyCommandTest {
    @TempDir
    private Path folder;

    private TestLayout from;
    private Descriptor amd64;
    private Descriptor index;
    private String to;

    @BeforeEach
    void fill() {
        from = new TestLayout(folder.resolve("from"));
        Descriptor shared = from.layer(1, 1000);
        amd64 = from.image("amd64", "{}", shared, from.layer(2, 20));
        index = from.index(
                List.of("linux/amd64", "linux/arm64"), amd64, from.image("arm64", "{}", shared, from.layer(3, 30)));
        from.named("1", index);
        to = "oci:" + folder.resolve("to");
    }

    @Test
    void copiesAnIndexWithAllOfItsImages() throws IOException {
        ToolRun run = ToolRun.of("copy", from.place("1"), to, "--json");

        assertThat(run.json())
                .containsEntry("source", from.place("1"))
                .containsEntry("target", to)
                .containsEntry("names", List.of("1"))
                .containsEntry("digest", index.digest().toString())
                .containsEntry("copied", 8)
                .containsEntry("mounted", 0)
                .containsEntry("present", 0);
        TestLayout copy = new TestLayout(folder.resolve("to"));
        assertThat(copy.layout().find("1")).map(Descriptor::digest).contains(index.digest());
        assertThat(copy.read(amd64.digest())).isEqualTo(from.read(amd64.digest()));
    }

    @Test
    void copiesIntoATarAndOutOfItUnderTheSameName() {
        String tar = "oci-archive:" + folder.resolve("a.tar");

        ToolRun in = ToolRun.of("copy", from.place("1"), tar, "--json");
        ToolRun out = ToolRun.of("copy", tar, to, "--json");

        assertThat(in.json()).containsEntry("digest", index.digest().toString());
        assertThat(out.json()).containsEntry("names", List.of("1")).containsEntry("digest", index.digest().toString());
        assertThat(ToolRun.of("diff", from.place("1"), tar).exitCode()).isZero();
        assertThat(ToolRun.of("attach", tar, tar, "--artifact-type=text/x").err())
                .contains("copy it to a folder first");
    }

    @Test
    void leavesNoTarOfACopyThatFailed() {
        ToolRun run = ToolRun.of("copy", from.place("1"), "docker-archive:" + folder.resolve("a.tar:app:1"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("images of one platform each");
        assertThat(folder.toFile().list()).containsExactly("from");
    }

    @Test
    void sendsNothingThatIsThere() {
        ToolRun.of("copy", from.place("1"), to);

        assertThat(ToolRun.of("copy", from.place("1"), to, "--json").json())
                .containsEntry("copied", 0)
                .containsEntry("copiedBytes", 0);
    }

    @Test
    void copiesTheImageForOnePlatformUnderSeveralNames() throws IOException {
        ToolRun run = ToolRun.of(
                "copy", from.place("1"), to + ":one", "--platform", "linux/amd64", "--tag", "two", "--json");

        assertThat(run.json())
                .containsEntry("names", List.of("one", "two"))
                .containsEntry("digest", amd64.digest().toString());
        assertThat(new TestLayout(folder.resolve("to")).layout().manifests()).hasSize(2);
    }

    @Test
    void copiesWhatRefersToIt() throws IOException {
        Path file = Files.writeString(folder.resolve("sbom.json"), "{}");
        ToolRun.of("attach", from.place("1"), file.toString(), "--artifact-type", "application/spdx+json");

        ToolRun run = ToolRun.of("copy", from.place("1"), to, "--referrers", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(ToolRun.of("referrers", to + ":1", "--json").json().get("referrers"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1);
    }

    @Test
    void tellsPeopleHowItGoesAndWhatCameOfIt() {
        ToolRun run = ToolRun.of("copy", from.place("1"), to);

        assertThat(run.out())
                .isEqualTo(index.digest() + " is in " + to + ": 8 sent (" + sent(run) + "), 0 mounted, 0 were there\n");
        assertThat(run.err().lines())
                .hasSize(8)
                .contains("sha256:" + from.layer(1, 1000).digest().hex().substring(0, 12) + "  blob  copied 1.00 kB");
        assertThat(ToolRun.of("copy", from.place("1"), to, "--quiet").err()).isEmpty();
    }

    private static String sent(ToolRun run) {
        return run.out().substring(run.out().indexOf('(') + 1, run.out().indexOf(')'));
    }

    @Test
    void saysWhatIsNotThere() {
        assertThat(ToolRun.of("copy", from.place("2"), to).exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(ToolRun.of("copy", from.place("1"), to, "--platform", "linux/s390x").err())
                .contains("linux/amd64", "linux/arm64");
        assertThat(ToolRun.of("copy", "oci:" + folder.resolve("none"), to))
                .extracting(ToolRun::exitCode, ToolRun::err)
                .containsExactly(3, "longshore: " + folder.resolve("none/oci-layout") + ": there is no such file\n");
    }

    @Test
    void isNotUnderstoodWithATargetOfADigest() {
        ToolRun run = ToolRun.of("copy", from.place("1"), "registry.invalid/a@" + index.digest());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("what is stored keeps its digest");
        assertThat(ToolRun.of("copy", from.place("1"), to, "--parallel", "0").exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
