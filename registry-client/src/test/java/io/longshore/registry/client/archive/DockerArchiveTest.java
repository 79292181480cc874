package io.longshore.registry.client.archive;

import static io.longshore.registry.client.archive.SampleImage.digest;
import static io.longshore.registry.client.archive.SampleImage.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.client.copy.Copy;
import io.longshore.registry.client.copy.LayoutContent;
import io.longshore.registry.client.layout.OciLayout;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what docker save writes. */
class DockerArchiveTest {
    @TempDir
    private Path folder;

    private SampleImage image;

    @BeforeEach
    void makeAnImage() throws IOException {
        image = SampleImage.of(
                SampleImage.layer(folder, "etc/one", 100_000), SampleImage.layer(folder, "etc/two", 10));
    }

    private TestTar tar() {
        return new TestTar(folder.resolve("image.tar"));
    }

    private static String list(String names, String... layers) {
        return "[{\"Config\":\"config.json\",\"RepoTags\":" + names + ",\"Parent\":{\"x\":[1]},\"Layers\":[\""
                + String.join("\",\"", layers) + "\"]}]";
    }

    /** An archive as docker wrote it before version 25. */
    private Path old() {
        return tar()
                .file("config.json", image.config())
                .folder("1")
                .file("1/VERSION", "1.0")
                .file("1/layer.tar", image.layers().get(0))
                .file("2/layer.tar", image.layers().get(1))
                .file("manifest.json", list("[\"app:v1\",\"registry.example/app:v1\"]", "1/layer.tar", "2/layer.tar"))
                .written();
    }

    private static byte[] read(ArchiveSource archive, Descriptor blob) throws IOException {
        try (InputStream in = archive.blob(blob)) {
            return in.readAllBytes();
        }
    }

    private static byte[] inflated(byte[] bytes) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app:v1", "", "registry.example/app:v1", "docker.io/library/app:v1"})
    void makesAManifestAndCompressesLayers(String name) throws IOException {
        try (ArchiveSource archive = ArchiveSource.open(old())) {
            RawManifest raw = archive.manifest(name);
            Manifest manifest = raw.parse();

            assertThat(archive.names()).containsExactly("app:v1", "registry.example/app:v1");
            assertThat(manifest.mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
            assertThat(read(archive, manifest.config().orElseThrow())).isEqualTo(image.config());
            assertThat(manifest.layers()).hasSize(2);
            for (int i = 0; i < 2; i++) {
                Descriptor layer = manifest.layers().get(i);
                byte[] compressed = read(archive, layer);
                assertThat(layer.mediaType()).isEqualTo("application/vnd.docker.image.rootfs.diff.tar.gzip");
                assertThat(SampleImage.descriptor(layer.mediaType(), compressed)).isEqualTo(layer);
                assertThat(inflated(compressed)).isEqualTo(image.layers().get(i));
            }
            assertThat(archive.manifest(raw.digest().toString()).digest()).isEqualTo(raw.digest());
            assertThat(archive.manifest(raw.descriptor()).bytes()).isEqualTo(raw.bytes());
            assertThat(archive.referrers(raw.digest())).isEmpty();
        }
    }

    @Test
    void makesTheSameManifestEachTime() throws IOException {
        try (ArchiveSource first = ArchiveSource.docker(old()); ArchiveSource second = ArchiveSource.docker(old())) {
            assertThat(first.manifest("app:v1").bytes()).isEqualTo(second.manifest("app:v1").bytes());
        }
    }

    @Test
    void readsLayersThatLinkToOthersAndOccurTwice() throws IOException {
        byte[] layer = image.layers().get(0);
        SampleImage twice = SampleImage.of(layer, layer);
        Path file = tar()
                .file("config.json", twice.config())
                .symbolicLink("2/layer.tar", "../1/layer.tar")
                .file("1/layer.tar", layer)
                .file("manifest.json", list("null", "1/layer.tar", "2/layer.tar"))
                .written();

        try (ArchiveSource archive = ArchiveSource.open(file)) {
            List<Descriptor> layers = archive.manifest("").parse().layers();

            assertThat(archive.names()).isEmpty();
            assertThat(layers).hasSize(2);
            assertThat(layers.get(0)).isEqualTo(layers.get(1));
        }
    }

    @Test
    void takesLayersThatAreCompressedAlreadyAsTheyAre() throws IOException {
        byte[] compressed = gzip(image.layers().get(0));
        Path file = tar()
                .file("config.json", image.config())
                .file("1.tar.gz", compressed)
                .file("2.tar", image.layers().get(1))
                .file("manifest.json", list("[\"a:b\"]", "1.tar.gz", "2.tar"))
                .written();

        try (ArchiveSource archive = ArchiveSource.open(file)) {
            Descriptor layer = archive.manifest("a:b").parse().layers().get(0);

            assertThat(layer.digest()).isEqualTo(digest(compressed));
            assertThat(read(archive, layer)).isEqualTo(compressed);
        }
    }

    @Test
    void refusesLayersThatItCannotDecompress() {
        byte[] zstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0};
        Path file = tar()
                .file("config.json", image.config())
                .file("1", zstd)
                .file("2", image.layers().get(1))
                .file("manifest.json", list("[\"a:b\"]", "1", "2"))
                .written();

        assertThatManifest(file, "compressed with zstd, which cannot be read here");
    }

    @Test
    void refusesALayerThatIsAnotherThanItsConfigurationSays() {
        Path file = tar()
                .file("config.json", image.config())
                .file("1", image.layers().get(1))
                .file("2", image.layers().get(0))
                .file("manifest.json", list("[\"a:b\"]", "1", "2"))
                .written();

        assertThatManifest(file, " in place of " + digest(image.layers().get(0)));
    }

    @Test
    void refusesMoreOrFewerLayersThanItsConfigurationNames() {
        Path file = tar()
                .file("config.json", image.config())
                .file("1", image.layers().get(0))
                .file("manifest.json", list("[\"a:b\"]", "1"))
                .written();

        assertThatManifest(file, "has 1 layers in the archive and 2 in its configuration");
    }

    @Test
    void refusesALayerThatIsNotThere() {
        Path file = tar()
                .file("config.json", image.config())
                .file("1", image.layers().get(0))
                .file("manifest.json", list("[\"a:b\"]", "1", "2"))
                .written();

        assertThatManifest(file, "is not complete: there is no 2 in it");
    }

    @Test
    void refusesALayerOutsideOfTheArchive() {
        Path file = tar()
                .file("config.json", image.config())
                .file("1", image.layers().get(0))
                .symbolicLink("2", "/etc/passwd")
                .file("manifest.json", list("[\"a:b\"]", "1", "2"))
                .written();

        assertThatManifest(file, "leads out of it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"rootfs\":{\"diff_ids\":[\"sha256:x\"]}}", "{", "{\"a\":1,\"a\":2}"})
    void refusesAConfigurationThatIsNone(String config) {
        Path file = tar()
                .file("config.json", config)
                .file("1", image.layers().get(0))
                .file("manifest.json", list("[\"a:b\"]", "1"))
                .written();

        assertThatManifest(file, "the configuration of the image");
    }

    private static void assertThatManifest(Path file, String message) {
        assertThatIOException()
                .isThrownBy(() -> {
                    try (ArchiveSource archive = ArchiveSource.open(file)) {
                        archive.manifest("");
                    }
                })
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}", "[1]", "[{}]", "[{\"Config\":1}]", "[{\"Config\":\"x\",\"Layers\":{}}]", "[{\"Config\":\"x\"", ""
    })
    void refusesAListThatIsNone(String list) {
        Path file = tar().file("manifest.json", list).written();

        assertThatIOException()
                .isThrownBy(() -> ArchiveSource.open(file))
                .withMessageContaining(file.toString())
                .withMessageContaining("manifest.json");
    }

    @Test
    void refusesAGiantList() {
        Path file = tar().file("manifest.json", new byte[(16 << 20) + 1]).written();

        assertThatIOException().isThrownBy(() -> ArchiveSource.open(file)).withMessageContaining("at most 16777216");
    }

    @Test
    void refusesOtherArchives() {
        assertThatIOException()
                .isThrownBy(() -> ArchiveSource.open(tar().file("readme", "text").written()))
                .withMessageContaining("neither what docker save writes, nor an OCI layout");
        assertThatIOException()
                .isThrownBy(() -> ArchiveSource.open(tar().file("repositories", "{}").written()))
                .withMessageContaining("before 1.10");
    }

    @Test
    void findsNothingThatIsNotThere() throws IOException {
        try (ArchiveSource archive = ArchiveSource.open(old())) {
            assertThatExceptionOfType(RegistryException.NotFound.class)
                    .isThrownBy(() -> archive.manifest("app:v2"))
                    .withMessageContaining("[app:v1, registry.example/app:v1]");
            assertThatExceptionOfType(RegistryException.NotFound.class)
                    .isThrownBy(() -> archive.manifest(image.manifest().descriptor()));
            assertThatExceptionOfType(RegistryException.NotFound.class)
                    .isThrownBy(() -> archive.blob(image.configDescriptor()));
        }
    }

    @Test
    void isCopiedIntoALayout() throws IOException {
        OciLayout layout = OciLayout.openOrCreate(folder.resolve("layout"));
        try (ArchiveSource archive = ArchiveSource.open(old())) {
            Copy.between(archive, new LayoutContent(layout)).build().run("app:v1", List.of("v1"));
        }

        Manifest copied = new LayoutContent(layout).manifest("v1").parse();
        assertThat(copied.config().orElseThrow().digest()).isEqualTo(digest(image.config()));
        assertThat(Arrays.equals(
                inflated(layout.read(copied.layers().get(0).digest()).readAllBytes()), image.layers().get(0))).isTrue();
    }

    @Test
    void takesLayersOfManyMembersWhereverTheseEnd() throws IOException {
        byte[] members = SampleImage.twoMembers();
        SampleImage packed = SampleImage.of(SampleImage.inflated(members));
        Path file = tar()
                .file("config.json", packed.config())
                .file("1/layer.tar", members)
                .file("manifest.json", list("[\"app:v1\"]", "1/layer.tar"))
                .written();

        try (ArchiveSource archive = ArchiveSource.open(file)) {
            Descriptor layer = archive.manifest("app:v1").parse().layers().get(0);
            assertThat(read(archive, layer)).isEqualTo(members);
        }
    }
}
