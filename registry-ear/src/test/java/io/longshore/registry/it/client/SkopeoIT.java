package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.client.InstalledClient.Result;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkopeoIT {
    private final TargetRegistry registry = TargetRegistry.get();

    @TempDir
    private Path folder;

    private InstalledClient skopeo;
    private String repository;

    @BeforeEach
    void findSkopeo() {
        skopeo = ContainersHome.create(folder, registry.authority()).skopeo();
        repository = registry.newRepository("skopeo");
    }

    @Test
    void copiesAnImageFromALayoutByteForByte() {
        TestImage image = TestImage.small(1);
        ImageLayout.write(folder.resolve("layout"), "v1", image);

        skopeo.run("copy", "oci:layout:v1", docker("v1"));

        assertThat(registry.manifest(repository, "v1")).usingRecursiveComparison().isEqualTo(image.manifest());
    }

    @Test
    void copiesAnImageWithoutLayers() {
        TestImage image = TestImage.of("amd64");
        ImageLayout.write(folder.resolve("layout"), "v1", image);

        skopeo.run("copy", "oci:layout:v1", docker("v1"));

        assertThat(registry.manifest(repository, "v1").digest()).isEqualTo(image.digest());
    }

    @Test
    void copiesAnImageInDockerFormat() {
        ImageLayout.write(folder.resolve("layout"), "v1", TestImage.small(2));

        skopeo.run("copy", "--format", "v2s2", "oci:layout:v1", docker("v1"));

        assertThat(registry.manifest(repository, "v1").mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
    }

    @Test
    void copiesAnIndexWithAllItsImages() {
        TestIndex index = TestIndex.small(3);
        ImageLayout.write(folder.resolve("layout"), "v1", index);

        skopeo.run("copy", "--all", "oci:layout:v1", docker("v1"));

        assertThat(registry.manifest(repository, "v1")).usingRecursiveComparison().isEqualTo(index.manifest());
        for (TestImage image : index.images()) {
            assertThat(registry.manifest(repository, image.digest()))
                    .usingRecursiveComparison()
                    .isEqualTo(image.manifest());
        }
    }

    @Test
    void copiesAnIndexAsADockerManifestList() {
        ImageLayout.write(folder.resolve("layout"), "v1", TestIndex.small(4));

        skopeo.run("copy", "--all", "--format", "v2s2", "oci:layout:v1", docker("v1"));

        Blob list = registry.manifest(repository, "v1");
        assertThat(list.mediaType()).isEqualTo(MediaTypes.DOCKER_LIST);
        for (JsonNode child : TargetRegistry.parse(list.bytes()).path("manifests")) {
            Digest digest = Digest.parse(child.path("digest").asText());
            assertThat(registry.manifest(repository, digest).mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
        }
    }

    @Test
    void copiesAPushedIndexIntoALayout() {
        TestIndex index = TestIndex.small(5);
        registry.push(repository, "v1", index);

        skopeo.run("copy", "--all", docker("v1"), "oci:pulled:v1");

        ImageLayout pulled = ImageLayout.at(folder.resolve("pulled"));
        assertThat(pulled.read(index.digest())).isEqualTo(index.manifest().bytes());
        for (TestImage image : index.images()) {
            assertThat(pulled.read(image.digest())).isEqualTo(image.manifest().bytes());
            assertThat(image.blobs())
                    .allSatisfy(blob -> assertThat(pulled.read(blob.digest())).isEqualTo(blob.bytes()));
        }
    }

    @Test
    void mountsLayersFromTheRepositoryThatHasThem() {
        TestImage image = TestImage.small(6);
        ImageLayout.write(folder.resolve("layout"), "v1", image);
        skopeo.run("copy", "oci:layout:v1", docker("v1"));
        String other = registry.newRepository("skopeo");

        Result copy = skopeo.run("--debug", "copy", docker("v1"), "docker://" + registry.image(other, "v1"));

        assertThat(copy.err()).contains("... mount OK");
        assertThat(registry.manifest(other, "v1").digest()).isEqualTo(image.digest());
        assertThat(image.blobs()).allMatch(blob -> registry.hasBlob(other, blob.digest()));
    }

    @Test
    void inspectsByTagAndByDigest() {
        TestImage image = TestImage.small(7);
        registry.push(repository, "v1", image);

        for (Object reference : new Object[] {"v1", image.digest()}) {
            JsonNode said = TargetRegistry.parse(skopeo.run("inspect", docker(reference)).out());
            assertThat(said.path("Digest").asText()).isEqualTo(image.digest().toString());
            assertThat(said.path("RepoTags")).extracting(JsonNode::asText).containsExactly("v1");
            assertThat(said.path("Layers")).hasSameSizeAs(image.layers());
        }
    }

    @Test
    void inspectsTheImageOfTheArchitectureAskedFor() {
        TestIndex index = TestIndex.small(8);
        registry.push(repository, "v1", index);

        Result said = skopeo.run("--override-arch", "arm64", "inspect", docker("v1"));

        assertThat(TargetRegistry.parse(said.out()).path("Architecture").asText()).isEqualTo("arm64");
    }

    @Test
    void listsTags() {
        TestImage image = TestImage.small(9);
        for (String tag : new String[] {"v2", "v1", "Latest", "v10"}) {
            registry.push(repository, tag, image);
        }

        Result said = skopeo.run("list-tags", "docker://" + registry.authority() + '/' + repository);

        assertThat(TargetRegistry.parse(said.out()).path("Tags"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("Latest", "v1", "v10", "v2");
    }

    @Test
    void deletesAnImage() {
        TestImage image = TestImage.small(10);
        registry.push(repository, "v1", image);

        skopeo.run("delete", docker("v1"));

        assertThat(registry.hasManifest(repository, "v1")).isFalse();
        assertThat(registry.hasManifest(repository, image.digest())).isFalse();
    }

    @Test
    void readsTheReasonWhyThereIsNoSuchImage() {
        registry.push(repository, "v1", TestImage.small(11));

        Result said = skopeo.attempt("inspect", docker("v2"));

        assertThat(said.status()).isNotZero();
        assertThat(said.err()).contains("manifest unknown");
    }

    @Test
    void synchronizesARepositoryToAFolderAndIntoAnother() {
        TestImage first = TestImage.small(12);
        TestIndex second = TestIndex.small(13);
        registry.push(repository, "v1", first);
        registry.push(repository, "v2", second);
        String other = registry.newRepository("skopeo");

        skopeo.run("sync", "--all", "--src", "docker", "--dest", "dir", registry.authority() + '/' + repository, ".");
        skopeo.run("sync", "--all", "--src", "dir", "--dest", "docker", "./", registry.authority() + '/' + other);

        String copied = other + repository.substring(repository.lastIndexOf('/'));
        assertThat(registry.tags(copied)).containsExactlyInAnyOrder("v1", "v2");
        assertThat(registry.manifest(copied, "v1").digest()).isEqualTo(first.digest());
        assertThat(registry.manifest(copied, "v2").digest()).isEqualTo(second.digest());
    }

    private String docker(Object reference) {
        return "docker://" + registry.image(repository, reference);
    }
}
