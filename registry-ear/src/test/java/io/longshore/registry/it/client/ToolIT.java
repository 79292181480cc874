package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.client.ClosedRegistry.Challenge;
import io.longshore.registry.it.client.InstalledClient.Result;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import land.oras.ArtifactType;
import land.oras.ContainerRef;
import land.oras.LocalPath;
import land.oras.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tool of this project as it is shipped: its start script, and the one JAR. Skopeo and ORAS are the witnesses. */
class ToolIT {
    private static final Path SCRIPT = Path.of("../registry-client/src/main/scripts/longshore").toAbsolutePath();
    private static final long LARGE_BYTES = Long.getLong("it.tool.bytes", 300L << 20);

    private final TargetRegistry registry = TargetRegistry.get();

    @TempDir
    private Path folder;

    private InstalledClient longshore;
    private String repository;

    @BeforeEach
    void findTheTool() {
        longshore = tool(folder);
        repository = registry.newRepository("tool");
    }

    /** What is shipped, run in a folder that is its home, too. */
    static InstalledClient tool(Path folder) {
        return InstalledClient.at(
                SCRIPT, folder, Map.of("HOME", folder.toString(), "JAVA_HOME", System.getProperty("java.home")));
    }

    private InstalledClient skopeo() {
        return ContainersHome.create(folder, registry.authority()).skopeo();
    }

    private String name(Object reference) {
        return registry.image(repository, reference);
    }

    private JsonNode json(String... arguments) {
        return TargetRegistry.parse(longshore.run(arguments).out());
    }

    @Test
    void startsFromAnyFolderAndByALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), SCRIPT);
        Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("link"));

        assertThat(InstalledClient.at(second, folder, Map.of()).run("--version").out()).startsWith("longshore 0.");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void saysThatThereIsNoJava() {
        InstalledClient without = InstalledClient.at(SCRIPT, folder, Map.of("JAVA_HOME", folder.toString()));

        Result result = without.attempt("--version");

        assertThat(result.status()).isEqualTo(6);
        assertThat(result.err()).contains("install Java 17 or later").hasLineCount(1);
    }

    @Test
    void copiesAnImageThatSkopeoPushed() {
        TestImage image = TestImage.small(1);
        ImageLayout.write(folder.resolve("layout"), "v1", image);
        skopeo().run("copy", "oci:layout:v1", "docker://" + name("v1"));

        longshore.run("copy", name("v1"), "oci:copy");

        ImageLayout copy = ImageLayout.at(folder.resolve("copy"));
        assertThat(copy.read(image.digest())).isEqualTo(image.manifest().bytes());
        image.blobs().forEach(blob -> assertThat(copy.read(blob.digest())).isEqualTo(blob.bytes()));
        assertThat(skopeo().run("inspect", "--format", "{{.Digest}}", "oci:copy:v1").out().strip())
                .isEqualTo(image.digest().toString());
    }

    @Test
    void pushesAnIndexThatSkopeoPulls() {
        TestIndex index = TestIndex.small(2);
        ImageLayout.write(folder.resolve("layout"), "v1", index);

        JsonNode pushed = json("push", name("v1"), "oci:layout:v1", "--json");

        assertThat(pushed.path("digest").asText()).isEqualTo(index.digest().toString());
        assertThat(pushed.path("copied").asInt()).isEqualTo(9);
        skopeo().run("copy", "--all", "docker://" + name("v1"), "oci:pulled:v1");
        assertThat(ImageLayout.at(folder.resolve("pulled")).read(index.digest())).isEqualTo(index.manifest().bytes());
    }

    @Test
    void savesWhatDockerLoads() {
        TestImage image = TestImage.small(11);
        registry.push(repository, "v1", image);

        longshore.run("pull", name("v1"), "docker-archive:image.tar:app:v1");
        skopeo().run("copy", "docker-archive:image.tar:app:v1", "oci:witness:v1");
        JsonNode back = json("copy", "docker-archive:image.tar", name("v2").replace(":v2", "-again"), "--json");

        assertThat(ImageLayout.at(folder.resolve("witness")).read(image.config().digest()))
                .isEqualTo(image.config().bytes());
        assertThat(back.path("names").path(0).asText()).isEqualTo("v1");
        assertThat(registry.tags(repository + "-again")).containsExactly("v1");
    }

    @Test
    void mountsWhatTheRegistryHasAndSendsNothingTwice() {
        registry.push(repository, "v1", TestImage.small(3));
        String other = registry.image(registry.newRepository("tool"), "v2");

        JsonNode first = json("copy", name("v1"), other, "--json");
        JsonNode second = json("copy", name("v1"), other, "--json");

        assertThat(first.path("mounted").asInt()).isEqualTo(3);
        assertThat(first.path("copied").asInt()).isOne();
        assertThat(second.path("copied").asInt()).isZero();
    }

    @Test
    void saysOfAnImageWhatSkopeoSays() {
        TestImage image = TestImage.small(4);
        registry.push(repository, "v1", image);

        JsonNode said = json("inspect", name("v1"), "--json");
        JsonNode witness = TargetRegistry.parse(skopeo().run("inspect", "docker://" + name("v1")).out());

        assertThat(said.path("digest")).isEqualTo(witness.path("Digest"));
        assertThat(said.path("created")).isEqualTo(witness.path("Created"));
        assertThat(said.path("platform").path("architecture")).isEqualTo(witness.path("Architecture"));
        assertThat(said.path("layers").findValues("digest")).containsExactlyElementsOf(witness.path("Layers"));
        assertThat(longshore.run("inspect", name("v1"), "--config").bytes()).isEqualTo(image.config().bytes());
    }

    @Test
    void listsAndDeletes() {
        TestImage image = TestImage.small(5);
        registry.push(repository, "v1", image);
        registry.push(repository, "v2", image);
        String plain = registry.authority() + '/' + repository;

        assertThat(longshore.run("ls", registry.authority()).out().lines()).contains(repository);
        assertThat(longshore.run("tags", plain).out()).isEqualTo("v1\nv2\n");
        longshore.run("delete", name("v1"));
        assertThat(registry.tags(repository)).containsExactly("v2");
        longshore.run("delete", name(image.digest()));
        assertThat(registry.hasManifest(repository, image.digest())).isFalse();
        assertThat(longshore.attempt("manifest", "head", name("v2")).status()).isEqualTo(3);
    }

    @Test
    void storesAndReadsBlobsAndManifests() throws IOException {
        TestImage image = TestImage.small(6);
        String plain = registry.authority() + '/' + repository;
        for (Blob blob : image.blobs()) {
            Files.write(folder.resolve("blob"), blob.bytes());
            longshore.run("blob", "put", plain + "@" + blob.digest(), "blob");
        }
        Files.write(folder.resolve("manifest"), image.manifest().bytes());

        longshore.run("manifest", "put", name("v1"), "manifest", "--tag", "v2");

        assertThat(registry.tags(repository)).containsExactly("v1", "v2");
        assertThat(longshore.run("manifest", "get", name("v2")).bytes()).isEqualTo(image.manifest().bytes());
        Blob config = image.config();
        assertThat(longshore.run("blob", "get", name(config.digest())).bytes()).isEqualTo(config.bytes());
    }

    @Test
    void pushesFilesThatOrasPullsAndTheOtherWayRound() throws IOException {
        Registry oras = Registry.builder().insecure(registry.authority()).build();
        Files.writeString(folder.resolve("notes.txt"), "some notes");
        longshore.run("push", name("v1"), "notes.txt:text/plain", "--artifact-type", "application/vnd.example.notes");
        Path theirs = Files.createDirectory(folder.resolve("theirs"));

        oras.pullArtifact(ContainerRef.parse(name("v1")), theirs, true);
        Path file = Files.writeString(folder.resolve("their.txt"), "their notes");
        oras.pushArtifact(
                ContainerRef.parse(name("v2")), ArtifactType.from("application/vnd.example.notes"),
                LocalPath.of(file, "text/plain"));
        longshore.run("pull", name("v2"), "ours");

        assertThat(theirs.resolve("notes.txt")).hasContent("some notes");
        assertThat(folder.resolve("ours/their.txt")).hasContent("their notes");
    }

    @Test
    void attachesCopiesAndFindsReferrers() throws IOException {
        TestImage image = TestImage.small(7);
        registry.push(repository, "v1", image);
        Files.writeString(folder.resolve("sbom.json"), "{}");

        String digest = json(
                        "attach", name("v1"), "sbom.json", "--artifact-type", "application/spdx+json", "--json")
                .path("digest")
                .asText();
        longshore.run("copy", name("v1"), "oci:copy", "--referrers");

        assertThat(registry.referrers(repository, image.digest()).path("manifests").findValuesAsText("digest"))
                .containsExactly(digest);
        assertThat(json("referrers", name("v1"), "--json").path("referrers").findValuesAsText("artifactType"))
                .containsExactly("application/spdx+json");
        assertThat(ImageLayout.at(folder.resolve("copy")).read(Digest.parse(digest))).isNotEmpty();
    }

    @Test
    void findsWhetherImagesDiffer() {
        registry.push(repository, "v1", TestImage.small(8));
        registry.push(repository, "v2", TestImage.small(9));

        assertThat(longshore.attempt("diff", name("v1"), name("v1")).status()).isZero();
        Result different = longshore.attempt("diff", name("v1"), name("v2"), "--json");
        assertThat(different.status()).isEqualTo(1);
        // The second layer of one is the first of the other, but longer.
        assertThat(TargetRegistry.parse(different.out()).path("layers").path("added")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void logsInForItselfAndForOthers(Challenge challenge) throws Exception {
        ClosedRegistry closed = ClosedRegistry.asking(challenge);
        String image = closed.image(closed.newRepository("tool"), "v1");
        Files.writeString(folder.resolve("password"), ClosedRegistry.OWNER.password() + '\n');
        ImageLayout.write(folder.resolve("layout"), "v1", TestImage.small(10));

        Result refused = longshore.attempt("push", image, "oci:layout:v1");
        ProcessBuilder login = longshore.builder(
                "login", closed.authority(), "-u", ClosedRegistry.OWNER.name(), "--password-stdin");
        Process process = login.redirectInput(folder.resolve("password").toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());

        assertThat(refused.status()).isEqualTo(4);
        assertThat(refused.err()).contains("longshore login").hasLineCount(1);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).doesNotContain(ClosedRegistry.OWNER.password());
        longshore.run("push", image, "oci:layout:v1");
        ContainersHome.create(folder, closed.authority()).skopeo().run(
                "inspect", "--authfile", folder.resolve(".docker/config.json").toString(), "docker://" + image);
        longshore.run("logout", closed.authority());
        assertThat(longshore.attempt("manifest", "head", image).status()).isEqualTo(4);
    }

    /** {@code -Dit.tool.bytes} makes it longer. */
    @Test
    void copiesMoreThanItsMemoryHolds() throws IOException {
        Path file = folder.resolve("large");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(LARGE_BYTES);
        }
        InstalledClient patient = longshore.within(Duration.ofMinutes(10));

        patient.run("push", name("large"), "large");
        patient.run("copy", name("large"), "oci:copy");
        patient.run("pull", "oci:copy:large", "pulled");

        assertThat(Files.mismatch(file, folder.resolve("pulled/large"))).isEqualTo(-1);
    }
}
