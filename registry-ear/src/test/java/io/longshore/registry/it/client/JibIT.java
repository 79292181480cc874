package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JibIT {
    private final TargetRegistry registry = TargetRegistry.get();
    private final String repository = registry.newRepository("jib");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeAFile() throws Exception {
        file = Files.writeString(folder.resolve("file"), repository);
    }

    @Test
    void pushesAnImageInOciFormatUnderTwoTags() throws Exception {
        JibContainer pushed = withFile(Jib.fromScratch())
                .setFormat(ImageFormat.OCI)
                .containerize(toRegistry("v1").withAdditionalTag("v2"));

        assertThat(registry.tags(repository)).containsExactlyInAnyOrder("v1", "v2");
        Blob manifest = registry.manifest(repository, "v1");
        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(manifest.digest()).isEqualTo(digest(pushed));
    }

    @Test
    void pushesADockerManifestListForTwoPlatforms() throws Exception {
        JibContainer pushed = withFile(Jib.fromScratch())
                .setFormat(ImageFormat.Docker)
                .setPlatforms(platforms("amd64", "arm64"))
                .containerize(toRegistry("v1"));

        Blob list = registry.manifest(repository, "v1");
        assertThat(list.mediaType()).isEqualTo(MediaTypes.DOCKER_LIST);
        assertThat(list.digest()).isEqualTo(digest(pushed));
        JsonNode children = TargetRegistry.parse(list.bytes()).path("manifests");
        assertThat(children)
                .extracting(child -> child.path("platform").path("architecture").asText())
                .containsExactlyInAnyOrder("amd64", "arm64");
        for (JsonNode child : children) {
            Digest digest = Digest.parse(child.path("digest").asText());
            assertThat(registry.manifest(repository, digest).mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
        }
    }

    @Test
    void buildsOnAnImageOfTheRegistry() throws Exception {
        TestImage base = TestImage.small(70);
        String bases = registry.newRepository("jib");
        registry.push(bases, "v1", base);

        withFile(Jib.from(RegistryImage.named(registry.image(bases, "v1"))))
                .setFormat(ImageFormat.OCI)
                .containerize(toRegistry("v1"));

        assertThat(layers("v1")).containsAll(base.layers().stream().map(layer -> layer.blob().digest()).toList());
        assertThat(layers("v1")).hasSize(base.layers().size() + 1);
        assertThat(layers("v1")).allMatch(layer -> registry.hasBlob(repository, layer));
    }

    @Test
    void buildsOnAnIndexOfTheRegistryForEachPlatform() throws Exception {
        TestIndex base = TestIndex.small(71);
        registry.push(repository, "base", base);

        withFile(Jib.from(RegistryImage.named(registry.image(repository, base.digest()))))
                .setFormat(ImageFormat.Docker)
                .setPlatforms(platforms("amd64", "arm64"))
                .containerize(toRegistry("v1"));

        assertThat(registry.manifest(repository, "v1").mediaType()).isEqualTo(MediaTypes.DOCKER_LIST);
    }

    @Test
    void pullsAnImageIntoAFile() throws Exception {
        TestImage image = TestImage.small(72);
        registry.push(repository, "v1", image);
        Path tar = folder.resolve("image.tar");

        Jib.from(RegistryImage.named(registry.image(repository, image.digest())))
                .containerize(local(Containerizer.to(TarImage.at(tar).named("pulled"))));

        assertThat(tar).isNotEmptyFile();
    }

    private JibContainerBuilder withFile(JibContainerBuilder image) throws Exception {
        return image.addLayer(List.of(file), AbsoluteUnixPath.get("/"));
    }

    private Containerizer toRegistry(String tag) throws Exception {
        return local(Containerizer.to(RegistryImage.named(registry.image(repository, tag))));
    }

    private Containerizer local(Containerizer containerizer) {
        return containerizer
                .setAllowInsecureRegistries(true)
                .setBaseImageLayersCache(folder.resolve("base-layers"))
                .setApplicationLayersCache(folder.resolve("application-layers"));
    }

    private List<Digest> layers(String tag) {
        JsonNode layers = TargetRegistry.parse(registry.manifest(repository, tag).bytes()).path("layers");
        return layers.findValuesAsText("digest").stream().map(Digest::parse).toList();
    }

    private static Set<Platform> platforms(String... architectures) {
        Set<Platform> platforms = new LinkedHashSet<>();
        for (String architecture : architectures) {
            platforms.add(new Platform(architecture, "linux"));
        }
        return platforms;
    }

    private static Digest digest(JibContainer container) {
        return Digest.parse(container.getDigest().toString());
    }
}
