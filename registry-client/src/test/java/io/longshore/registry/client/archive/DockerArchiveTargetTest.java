package io.longshore.registry.client.archive;

import static io.longshore.registry.client.archive.SampleImage.descriptor;
import static io.longshore.registry.client.archive.SampleImage.digest;
import static io.longshore.registry.client.archive.SampleImage.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.IndexText;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes what docker load reads. */
class DockerArchiveTargetTest {
    @TempDir
    private Path folder;

    private SampleImage image;
    private ArchiveTarget archive;

    @BeforeEach
    void begin() throws IOException {
        image = SampleImage.of(
                SampleImage.layer(folder, "etc/one", 100_000), SampleImage.layer(folder, "etc/two", 10));
        archive = ArchiveTarget.docker(file());
    }

    @AfterEach
    void end() throws IOException {
        archive.close();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    private Path file() {
        return folder.resolve("image.tar");
    }

    private void put(Descriptor blob, byte[] content) throws IOException {
        archive.putBlob(blob, () -> new ByteArrayInputStream(content));
    }

    private void putImage(SampleImage pushed, String... names) throws IOException {
        for (byte[] layer : pushed.layers()) {
            byte[] compressed = gzip(layer);
            put(descriptor(SampleImage.GZIP, compressed), compressed);
        }
        put(pushed.configDescriptor(), pushed.config());
        archive.putManifest(pushed.manifest(), List.of(names));
    }

    private String path(int layer) {
        return digest(image.layers().get(layer)).hex() + "/layer.tar";
    }

    @Test
    void decompressesLayersAndListsTheImage() throws IOException {
        putImage(image, "app:v1", "registry.example:5000/team/app:v1");
        archive.finish();

        Map<String, byte[]> files = TestTar.read(file());
        String config = digest(image.config()).hex() + ".json";
        assertThat(files.keySet()).containsExactly(path(0), path(1), config, "manifest.json");
        assertThat(files.get(path(0))).isEqualTo(image.layers().get(0));
        assertThat(files.get(path(1))).isEqualTo(image.layers().get(1));
        assertThat(files.get(config)).isEqualTo(image.config());
        assertThat(new String(files.get("manifest.json"), StandardCharsets.UTF_8)).isEqualTo(
                "[{\"Config\":\"" + config + "\",\"RepoTags\":[\"app:v1\",\"registry.example:5000/team/app:v1\"],"
                        + "\"Layers\":[\"" + path(0) + "\",\"" + path(1) + "\"]}]");
    }

    @Test
    void decompressesLayersOfManyMembersWhereverTheseEnd() throws IOException {
        byte[] members = SampleImage.twoMembers();
        byte[] plain = SampleImage.inflated(members);
        SampleImage pushed = SampleImage.of(plain);
        Descriptor layer = descriptor(SampleImage.GZIP, members);
        // As what comes over a network, it does not say how much there is.
        archive.putBlob(layer, () -> new SequenceInputStream(
                new ByteArrayInputStream(members, 0, 64 << 10),
                new ByteArrayInputStream(members, 64 << 10, members.length)) {
            @Override
            public int available() {
                return 0;
            }
        });
        archive.finish();

        assertThat(TestTar.read(file()).get(digest(plain).hex() + "/layer.tar")).isEqualTo(pushed.layers().get(0));
    }

    @Test
    void isReadAgain() throws IOException {
        putImage(image, "app:v1");
        archive.finish();

        try (ArchiveSource read = ArchiveSource.open(file())) {
            assertThat(read.manifest("app:v1").parse().layers())
                    .extracting(Descriptor::digest)
                    .containsExactlyElementsOf(image.manifest().parse().layers().stream()
                            .map(Descriptor::digest)
                            .toList());
        }
    }

    @Test
    void writesWhatTwoImagesShareOnce() throws IOException {
        byte[] plain = image.layers().get(0);
        SampleImage other = SampleImage.of(plain, plain);
        putImage(image, "app:v1");
        Descriptor uncompressed = descriptor("application/vnd.oci.image.layer.v1.tar", plain);
        put(uncompressed, plain);
        put(other.configDescriptor(), other.config());
        archive.putManifest(other.manifest(List.of(uncompressed, uncompressed)), List.of());
        archive.finish();

        assertThat(archive.hasBlob(uncompressed)).isTrue();
        assertThat(TestTar.read(file())).hasSize(5);
        try (ArchiveSource read = ArchiveSource.open(file())) {
            assertThat(read.names()).containsExactly("app:v1");
        }
    }

    @Test
    void knowsWhatIsThere() throws IOException {
        Descriptor layer = image.manifest().parse().layers().get(0);
        assertThat(archive.hasBlob(layer)).isFalse();
        assertThat(archive.hasManifest(image.manifest().descriptor())).isFalse();

        putImage(image);

        assertThat(archive.hasBlob(layer)).isTrue();
        assertThat(archive.hasBlob(image.configDescriptor())).isTrue();
        assertThat(archive.hasManifest(image.manifest().descriptor())).isTrue();
        assertThat(archive.mount(layer, null)).isFalse();
    }

    @Test
    void storesNothingOfWrongContent() throws IOException {
        byte[] compressed = gzip(image.layers().get(0));
        Descriptor layer = descriptor(SampleImage.GZIP, compressed);

        assertThatIOException().isThrownBy(() -> put(layer, gzip(image.layers().get(1))));
        assertThatIOException().isThrownBy(() -> put(layer, "no gzip".getBytes(StandardCharsets.UTF_8)));
        assertThatIOException().isThrownBy(() -> put(layer, Arrays.copyOf(compressed, 1000)));
        assertThatIOException()
                .isThrownBy(() -> put(layer, Arrays.copyOf(compressed, compressed.length + 1)));
        putImage(image, "app:v1");
        archive.finish();

        assertThat(TestTar.read(file())).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "application/vnd.oci.image.layer.v1.tar+zstd", "application/vnd.oci.empty.v1+json", "text/plain"
    })
    void refusesWhatIsNoLayerThatItCanRead(String mediaType) {
        assertThatIOException()
                .isThrownBy(() -> put(descriptor(mediaType, image.config()), image.config()))
                .withMessageContaining(mediaType)
                .withMessageContaining("an OCI archive does");
    }

    @Test
    void refusesIndexes() {
        RawManifest index = RawManifest.of(
                MediaTypes.OCI_INDEX, DigestAlgorithm.SHA256, SampleImage.utf8(IndexText.EMPTY));

        assertThatIOException()
                .isThrownBy(() -> archive.putManifest(index, List.of("app:v1")))
                .withMessageContaining("say which platform");
        assertThatIOException().isThrownBy(() -> archive.putChild(image.manifest()));
    }

    @Test
    void refusesAnImageWhoseLayersAreNotThere() throws IOException {
        put(image.configDescriptor(), image.config());

        assertThatIOException()
                .isThrownBy(() -> archive.putManifest(image.manifest(), List.of()))
                .withMessageContaining("there is no layer");
    }

    @Test
    void refusesAnImageWhoseConfigurationNamesOtherLayers() throws IOException {
        putImage(image);
        List<Descriptor> layers = image.manifest().parse().layers();

        assertThatIOException()
                .isThrownBy(() -> archive.putManifest(image.manifest(List.of(layers.get(1), layers.get(0))), List.of()))
                .withMessageContaining("are not those that its configuration names");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "app", "v1", "App:v1", "app:v1@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    })
    void refusesNamesThatDockerWouldNotTake(String name) {
        assertThatExceptionOfType(RegistryException.Invalid.class).isThrownBy(() -> putImage(image, name));
    }

    @Test
    void leavesNothingBehindUnlessItIsFinished() throws IOException {
        putImage(image, "app:v1");
        archive.close();

        assertThat(file()).doesNotExist();
    }

    @Test
    void takesLayersAtTheSameTimeOneAfterTheOther() throws IOException {
        List<byte[]> layers = Stream.iterate(1000, size -> size + 1000).limit(20).map(SampleImage::random).toList();
        SampleImage many = SampleImage.of(layers.toArray(byte[][]::new));

        layers.parallelStream().forEach(layer -> {
            byte[] compressed = gzip(layer);
            try {
                put(descriptor(SampleImage.GZIP, compressed), compressed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        put(many.configDescriptor(), many.config());
        archive.putManifest(many.manifest(), List.of());
        archive.finish();

        try (ArchiveSource read = ArchiveSource.open(file())) {
            assertThat(read.manifest("").parse().layers()).hasSize(20);
        }
    }
}
