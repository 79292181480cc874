package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.client.InstalledClient.Result;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerIT {
    private static final int LARGE = 50 * 1024 * 1024;

    private final TargetRegistry registry = TargetRegistry.get();
    private final String repository = registry.newRepository("docker");

    @TempDir
    private Path folder;

    private DockerEngine engine;
    private InstalledClient docker;

    @BeforeEach
    void startDocker() {
        engine = DockerEngine.start(folder);
        docker = engine.client();
    }

    @AfterEach
    void stopDocker() {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void pushesALoadedImageAndPullsItByTagAndByDigest() {
        TestImage image = load(TestImage.small(40), "v1");

        docker.run("push", image("v1"));

        Blob pushed = registry.manifest(repository, "v1");
        assertThat(pushed.mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
        for (Object reference : new Object[] {"v1", pushed.digest()}) {
            docker.run("rmi", image.config().digest().toString(), "--force");
            docker.run("pull", image(reference));
            assertThat(imageId(image(reference))).isEqualTo(image.config().digest().toString());
        }
    }

    @Test
    void pullsAnImageThatIsInOciFormat() {
        TestImage image = TestImage.small(41);
        registry.push(repository, "v1", image);

        Result pull = docker.run("pull", image("v1"));

        assertThat(pull.out()).contains("Digest: " + image.digest());
        assertThat(imageId(image("v1"))).isEqualTo(image.config().digest().toString());
    }

    @Test
    void pullsTheImageOfThePlatformAskedFor() {
        TestIndex index = TestIndex.small(42);
        registry.push(repository, "v1", index);

        docker.run("pull", "--platform", "linux/arm64", image("v1"));

        assertThat(imageId(image("v1"))).isEqualTo(index.images().get(1).config().digest().toString());
    }

    @Test
    void pullsAllTagsOfARepository() {
        registry.push(repository, "v1", TestImage.small(43));
        registry.push(repository, "v2", TestImage.small(44));

        docker.run("pull", "--all-tags", registry.authority() + '/' + repository);

        assertThat(docker.run("images", "--format", "{{.Tag}}").out().lines()).containsExactlyInAnyOrder("v1", "v2");
    }

    @Test
    void findsTheLayersThereWhenItPushesASecondTag() {
        load(TestImage.small(45), "v1");
        docker.run("push", image("v1"));

        docker.run("tag", image("v1"), image("v2"));
        Result push = docker.run("push", image("v2"));

        assertThat(push.out()).contains("Layer already exists").doesNotContain("Pushed");
        assertThat(registry.tags(repository)).containsExactlyInAnyOrder("v1", "v2");
        assertThat(registry.manifest(repository, "v2").digest())
                .isEqualTo(registry.manifest(repository, "v1").digest());
    }

    @Test
    void mountsLayersFromTheRepositoryThatHasThem() {
        load(TestImage.small(46), "v1");
        docker.run("push", image("v1"));
        String other = registry.newRepository("docker");

        docker.run("tag", image("v1"), registry.image(other, "v1"));
        Result push = docker.run("push", registry.image(other, "v1"));

        assertThat(push.out()).contains("Mounted from " + repository).doesNotContain("Pushed");
        assertThat(registry.hasManifest(other, "v1")).isTrue();
    }

    @Test
    void pushesAndPullsALargeLayer() {
        TestImage image = load(TestImage.of("amd64", TestLayer.random(47, LARGE)), "v1");

        docker.run("push", image("v1"));
        docker.run("rmi", image("v1"));
        docker.run("pull", image("v1"));

        assertThat(imageId(image("v1"))).isEqualTo(image.config().digest().toString());
    }

    @Test
    void pushesAnImportedFileSystem() throws IOException {
        Files.write(folder.resolve("root.tar"), TestLayer.random(48, 1_000).tar());

        docker.run("import", "root.tar", image("v1"));
        docker.run("push", image("v1"));

        JsonNode manifest = TargetRegistry.parse(registry.manifest(repository, "v1").bytes());
        assertThat(manifest.path("config").path("digest").asText()).isEqualTo(imageId(image("v1")));
        assertThat(manifest.path("layers")).hasSize(1);
    }

    @Test
    void buildsOnAnImageOfTheRegistry() throws IOException {
        TestImage base = TestImage.small(49);
        registry.push(repository, "base", base);
        Path context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM " + image("base") + "\nCOPY Dockerfile /\n");

        docker.run("build", "--tag", image("v1"), context.toString());
        docker.run("push", image("v1"));

        JsonNode manifest = TargetRegistry.parse(registry.manifest(repository, "v1").bytes());
        assertThat(manifest.path("layers")).hasSize(base.layers().size() + 1);
    }

    @Test
    void assemblesAManifestListOfPushedImages() {
        TestIndex index = TestIndex.small(50);
        docker.run("load", "--input", archive(index.images().get(0), "amd64"));
        docker.run("load", "--input", archive(index.images().get(1), "arm64"));
        docker.run("push", image("amd64"));
        docker.run("push", image("arm64"));

        docker.run("manifest", "create", "--insecure", image("v1"), image("amd64"), image("arm64"));
        String digest = docker.run("manifest", "push", "--insecure", image("v1")).out().strip();

        assertThat(registry.manifest(repository, "v1").digest()).isEqualTo(Digest.parse(digest));
        JsonNode list = TargetRegistry.parse(docker.run("manifest", "inspect", "--insecure", image("v1")).out());
        assertThat(list.path("mediaType").asText()).isEqualTo(MediaTypes.DOCKER_LIST);
        assertThat(list.path("manifests"))
                .extracting(child -> child.path("platform").path("architecture").asText())
                .containsExactly("amd64", "arm64");
    }

    @Test
    void readsTheReasonWhyThereIsNoSuchImage() {
        registry.push(repository, "v1", TestImage.small(51));

        Result pull = docker.attempt("pull", image("v2"));

        assertThat(pull.status()).isNotZero();
        assertThat(pull.err()).contains("manifest for " + image("v2") + " not found: manifest unknown");
    }

    private TestImage load(TestImage image, String tag) {
        docker.run("load", "--input", archive(image, tag));
        return image;
    }

    private String archive(TestImage image, String tag) {
        Path file = folder.resolve(tag + ".tar");
        ImageArchive.writeDocker(file, image(tag), image);
        return file.toString();
    }

    private String imageId(String image) {
        return docker.run("image", "inspect", "--format", "{{.Id}}", image).out().strip();
    }

    private String image(Object reference) {
        return registry.image(repository, reference);
    }
}
