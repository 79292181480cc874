package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodmanIT {
    private final TargetRegistry registry = TargetRegistry.get();

    @TempDir
    private Path folder;

    private ContainersHome home;
    private InstalledClient podman;
    private String repository;

    @BeforeEach
    void findPodman() {
        home = ContainersHome.create(folder, registry.authority());
        podman = home.podman();
        repository = registry.newRepository("podman");
    }

    @AfterEach
    void endWhatPodmanLeavesRunning() {
        if (podman != null && !Requirement.isRoot()) {
            // It keeps the user's namespace open in a process of its own, until told to renew it.
            podman.run("system", "migrate");
        }
    }

    @Test
    void pullsByTagAndByDigest() {
        TestImage image = TestImage.small(20);
        registry.push(repository, "v1", image);

        for (Object reference : new Object[] {"v1", image.digest()}) {
            podman.run("pull", image(reference));
            assertThat(imageId(image(reference))).isEqualTo(image.config().digest().hex());
            podman.run("rmi", "--force", image.config().digest().hex());
        }
    }

    @Test
    void pullsTheImageOfThePlatformAskedFor() {
        TestIndex index = TestIndex.small(21);
        registry.push(repository, "v1", index);

        podman.run("pull", "--platform", "linux/arm64", image("v1"));

        assertThat(imageId(image("v1"))).isEqualTo(index.images().get(1).config().digest().hex());
    }

    @Test
    void pullsEveryTagOfARepository() {
        registry.push(repository, "v1", TestImage.small(22));
        registry.push(repository, "v2", TestImage.small(23));

        podman.run("pull", "--all-tags", registry.authority() + '/' + repository);

        assertThat(podman.run("images", "--format", "{{.Tag}}").out().lines()).containsExactlyInAnyOrder("v1", "v2");
    }

    @Test
    void pushesAnImageThatAnotherPodmanPulls() {
        TestImage image = TestImage.small(24);
        ImageLayout.write(folder.resolve("layout"), "v1", image);
        podman.run("pull", "oci:layout:v1");

        podman.run("push", "--digestfile", "digest", image.config().digest().hex(), image("v1"));
        podman.run("rmi", "--all", "--force");
        podman.run("pull", image("v1"));

        assertThat(imageId(image("v1"))).isEqualTo(image.config().digest().hex());
        assertThat(registry.manifest(repository, "v1").digest()).isEqualTo(home.digestIn("digest"));
    }

    @Test
    void pushesAnImageInDockerFormat() {
        ImageLayout.write(folder.resolve("layout"), "v1", TestImage.small(25));
        String id = podman.run("pull", "--quiet", "oci:layout:v1").out().strip();

        podman.run("push", "--format", "v2s2", id, image("v1"));

        assertThat(registry.manifest(repository, "v1").mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
    }

    @Test
    void pushesTheLayersOnceUnderTwoTags() {
        TestImage image = TestImage.small(26);
        registry.push(repository, "v1", image);
        podman.run("pull", image("v1"));

        podman.run("tag", image("v1"), image("v2"));
        podman.run("push", image("v2"));

        assertThat(registry.tags(repository)).containsExactlyInAnyOrder("v1", "v2");
        assertThat(imageId(image("v2"))).isEqualTo(image.config().digest().hex());
    }

    @Test
    void pushesAManifestListWithItsImages() {
        TestIndex index = TestIndex.small(27);
        String source = registry.newRepository("podman");
        registry.push(source, "v1", index);

        podman.run("manifest", "create", "list");
        podman.run("manifest", "add", "--all", "list", "docker://" + registry.image(source, "v1"));
        podman.run("manifest", "push", "--all", "list", "docker://" + image("v1"));

        JsonNode children = TargetRegistry.parse(registry.manifest(repository, "v1").bytes()).path("manifests");
        assertThat(children).hasSameSizeAs(index.images());
        assertThat(children).allMatch(child -> isThere(child.path("digest").asText()));
    }

    @Test
    void findsRepositoriesByNameAndTheirTags() {
        registry.push(repository, "v1", TestImage.small(28));

        String found = podman.run("search", registry.authority() + '/' + repository).out();
        String tags = podman.run("search", "--list-tags", registry.authority() + '/' + repository).out();

        assertThat(found).contains(repository);
        assertThat(tags).contains("v1");
    }

    private boolean isThere(String digest) {
        return registry.hasManifest(repository, Digest.parse(digest));
    }

    private String imageId(String image) {
        return podman.run("image", "inspect", "--format", "{{.Id}}", image).out().strip();
    }

    private String image(Object reference) {
        return registry.image(repository, reference);
    }
}
