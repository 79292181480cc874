package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.Repository;
import io.longshore.registry.client.archive.ArchiveSource;
import io.longshore.registry.client.archive.ArchiveTarget;
import io.longshore.registry.client.copy.Copy;
import io.longshore.registry.client.copy.RegistryContent;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tar files of images that skopeo and docker write are read by the library of this project, and the other way round. */
class ArchiveIT {
    private final TargetRegistry registry = TargetRegistry.get();
    private final String name = registry.newRepository("archive");
    private final Repository repository =
            RegistryClient.builder(registry.authority()).build().repository(RepositoryName.parse(name));
    private final TestImage image = TestImage.small(51);

    @TempDir
    private Path folder;

    private InstalledClient skopeo() {
        return ContainersHome.create(folder, registry.authority()).skopeo();
    }

    private String docker(String tag) {
        return "docker://" + registry.image(name, tag);
    }

    /** Copies into the registry, as {@code v1}. */
    private void push(ArchiveSource archive, String reference) throws IOException {
        Copy.between(archive, new RegistryContent(repository)).build().run(reference, List.of("v1"));
    }

    private void pull(ArchiveTarget archive, String called) throws IOException {
        Copy.between(new RegistryContent(repository), archive).build().run("v1", List.of(called));
        archive.finish();
    }

    /** That the registry has the image with other compression. */
    private void assertPushed(TestImage expected) throws IOException {
        Manifest pushed = repository.manifests().get(Tag.parse("v1")).parse();
        assertThat(pushed.config().orElseThrow().digest()).isEqualTo(expected.config().digest());
        assertThat(pushed.layers()).hasSameSizeAs(expected.layers());
        for (int i = 0; i < expected.layers().size(); i++) {
            Descriptor layer = pushed.layers().get(i);
            try (InputStream in = new GZIPInputStream(repository.blobs().pull(layer))) {
                assertThat(in.readAllBytes()).isEqualTo(expected.layers().get(i).tar());
            }
        }
    }

    @Test
    void readsWhatSkopeoWritesForDocker() throws IOException {
        ImageLayout.write(folder.resolve("layout"), "v1", image);
        skopeo().run("copy", "oci:layout:v1", "docker-archive:image.tar:example.com/app:v1");

        try (ArchiveSource archive = ArchiveSource.open(folder.resolve("image.tar"))) {
            assertThat(archive.names()).containsExactly("example.com/app:v1");
            push(archive, "example.com/app:v1");
        }

        assertPushed(image);
        assertThat(skopeo().run("inspect", docker("v1")).out()).contains(repository.name().value());
    }

    @Test
    void writesForDockerWhatSkopeoReads() throws IOException {
        registry.push(name, "v1", image);
        try (ArchiveTarget archive = ArchiveTarget.docker(folder.resolve("ours.tar"))) {
            pull(archive, "example.com/app:v1");
        }

        skopeo().run("copy", "docker-archive:ours.tar:example.com/app:v1", docker("back"));

        Manifest back = repository.manifests().get(Tag.parse("back")).parse();
        assertThat(back.config().orElseThrow().digest()).isEqualTo(image.config().digest());
    }

    @Test
    void readsAnIndexThatSkopeoArchived() throws IOException {
        TestIndex index = TestIndex.small(52);
        ImageLayout.write(folder.resolve("layout"), "v1", index);
        skopeo().run("copy", "--all", "oci:layout:v1", "oci-archive:index.tar:v7");

        try (ArchiveSource archive = ArchiveSource.open(folder.resolve("index.tar"))) {
            assertThat(archive.names()).containsExactly("v7");
            push(archive, "v7");
        }

        assertThat(registry.manifest(name, "v1")).usingRecursiveComparison().isEqualTo(index.manifest());
        for (TestImage child : index.images()) {
            assertThat(child.blobs()).allMatch(blob -> registry.hasBlob(name, blob.digest()));
        }
    }

    @Test
    void archivesAnIndexThatSkopeoReads() throws IOException {
        TestIndex index = TestIndex.small(53);
        registry.push(name, "v1", index);
        try (ArchiveTarget archive = ArchiveTarget.oci(folder.resolve("ours.tar"))) {
            pull(archive, "v9");
        }

        String other = registry.newRepository("archive");
        skopeo().run("copy", "--all", "oci-archive:ours.tar:v9", "docker://" + registry.image(other, "v1"));

        assertThat(registry.manifest(other, "v1")).usingRecursiveComparison().isEqualTo(index.manifest());
    }

    @Test
    void loadsIntoDockerAndReadsWhatThatSaves() throws IOException {
        TestLayer layer = TestLayer.random(54, 70_000);
        TestImage twice = TestImage.of("amd64", layer, TestLayer.random(55, 100), layer);
        registry.push(name, "v1", twice);
        try (ArchiveTarget archive = ArchiveTarget.docker(folder.resolve("ours.tar"))) {
            pull(archive, "example.com/app:v1");
        }
        Path home = Files.createDirectory(folder.resolve("docker"));
        try (DockerEngine engine = DockerEngine.start(home)) {
            engine.client().run("load", "--input", folder.resolve("ours.tar").toString());

            String id = engine.client().run("image", "inspect", "--format", "{{.Id}}", "example.com/app:v1").out();
            assertThat(id.strip()).isEqualTo(twice.config().digest().toString());

            engine.client().run("tag", "example.com/app:v1", "other:v2");
            String saved = folder.resolve("saved.tar").toString();
            engine.client().run("save", "--output", saved, "example.com/app:v1", "other:v2");
        }

        try (ArchiveSource archive = ArchiveSource.open(folder.resolve("saved.tar"))) {
            assertThat(archive.names()).containsExactlyInAnyOrder("example.com/app:v1", "other:v2");
            push(archive, "other:v2");
        }
        assertPushed(twice);
    }
}
