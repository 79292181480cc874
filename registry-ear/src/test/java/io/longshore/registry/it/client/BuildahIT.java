package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.model.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildahIT {
    private final TargetRegistry registry = TargetRegistry.get();

    @TempDir
    private Path folder;

    private ContainersHome home;
    private InstalledClient buildah;
    private String repository;

    @BeforeEach
    void findBuildah() throws IOException {
        home = ContainersHome.create(folder, registry.authority());
        buildah = home.buildah();
        repository = registry.newRepository("buildah");
        Files.writeString(folder.resolve("file"), "content");
    }

    @Test
    void pushesAnImageMadeFromScratch() {
        buildah.run("from", "--name", "work", "scratch");
        buildah.run("add", "work", "file", "/file");
        buildah.run("commit", "work", "made");

        buildah.run("push", "--digestfile", "digest", "made", docker("v1"));

        Blob pushed = registry.manifest(repository, "v1");
        assertThat(pushed.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(pushed.digest()).isEqualTo(home.digestIn("digest"));
    }

    @Test
    void commitsStraightToTheRegistry() {
        buildah.run("from", "--name", "work", "scratch");
        buildah.run("add", "work", "file", "/file");

        buildah.run("commit", "--format", "docker", "work", docker("v1"));

        assertThat(registry.manifest(repository, "v1").mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
    }

    @Test
    void buildsOnAnImageOfTheRegistry() throws IOException {
        TestImage base = TestImage.small(30);
        String bases = registry.newRepository("buildah");
        registry.push(bases, "v1", base);
        Files.writeString(
                folder.resolve("Containerfile"), "FROM " + registry.image(bases, "v1") + "\nCOPY file /file\n");

        buildah.run("build", "--layers", "--tag", "made", ".");
        buildah.run("push", "made", docker("v1"));

        JsonNode pushed = TargetRegistry.parse(registry.manifest(repository, "v1").bytes());
        assertThat(pushed.path("layers")).hasSize(base.layers().size() + 1);
        buildah.run("rmi", "--all", "--force");
        buildah.run("pull", docker("v1"));
    }

    @Test
    void pushesAnIndexOfImagesForTwoArchitectures() {
        buildah.run("manifest", "create", "list");
        for (String architecture : new String[] {"amd64", "arm64"}) {
            buildah.run("from", "--name", architecture, "--arch", architecture, "scratch");
            buildah.run("add", architecture, "file", "/" + architecture);
            buildah.run("commit", "--manifest", "list", architecture);
        }

        buildah.run("manifest", "push", "--all", "--format", "oci", "list", docker("v1"));

        Blob index = registry.manifest(repository, "v1");
        assertThat(index.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(TargetRegistry.parse(index.bytes()).path("manifests"))
                .extracting(child -> child.path("platform").path("architecture").asText())
                .containsExactly("amd64", "arm64");
    }

    private String docker(String tag) {
        return "docker://" + registry.image(repository, tag);
    }
}
