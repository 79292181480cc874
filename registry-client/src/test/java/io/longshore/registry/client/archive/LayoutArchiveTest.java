package io.longshore.registry.client.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.client.copy.Copy;
import io.longshore.registry.client.copy.LayoutContent;
import io.longshore.registry.client.layout.LayoutMark;
import io.longshore.registry.client.layout.OciLayout;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.IndexText;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OCI layouts in tar files, written and read. */
class LayoutArchiveTest {
    @TempDir
    private Path folder;

    private OciLayout layout;
    private SampleImage image;

    @BeforeEach
    void makeALayout() throws IOException {
        layout = OciLayout.openOrCreate(folder.resolve("from"));
        image = SampleImage.of(SampleImage.layer(folder, "one", 100_000), SampleImage.layer(folder, "two", 10));
        for (byte[] layer : image.layers()) {
            write(SampleImage.gzip(layer));
        }
        write(image.config());
        write(image.manifest().bytes());
        layout.add(image.manifest().descriptor(), "v1");
    }

    private Digest write(byte[] content) throws IOException {
        layout.write(SampleImage.digest(content), new ByteArrayInputStream(content));
        return SampleImage.digest(content);
    }

    private Path file() {
        return folder.resolve("archive.tar");
    }

    private void archive(String reference, String... names) throws IOException {
        try (ArchiveTarget archive = ArchiveTarget.oci(file())) {
            Copy.between(new LayoutContent(layout), archive).referrers(true).build().run(reference, List.of(names));
            archive.finish();
        }
    }

    /** An archive of what the layout holds, with this index, as others write it. */
    private Path tar(String index) throws IOException {
        TestTar tar = new TestTar(file()).file(LayoutMark.FILE, LayoutMark.TEXT).file("index.json", index);
        try (var files = Files.walk(folder.resolve("from/blobs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tar.file(folder.resolve("from").relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return tar.written();
    }

    @Test
    void writesAnImageAndReadsItAgain() throws IOException {
        archive("v1", "v1", "latest");

        OciLayout to = OciLayout.openOrCreate(folder.resolve("to"));
        try (ArchiveSource archive = ArchiveSource.open(file())) {
            assertThat(archive.names()).containsExactly("v1", "latest");
            Copy.between(archive, new LayoutContent(to)).build().run("latest", List.of("again"));
        }

        assertThat(new LayoutContent(to).manifest("again").bytes()).isEqualTo(image.manifest().bytes());
        for (Descriptor layer : image.manifest().parse().layers()) {
            assertThat(to.size(layer.digest())).contains(layer.sizeBytes());
        }
    }

    @Test
    void writesWhatOthersRead() throws IOException {
        archive("v1", "v1");

        Map<String, byte[]> files = TestTar.read(file());
        assertThat(files).hasSize(6).containsKeys("oci-layout", "index.json");
        files.forEach((name, content) -> {
            if (name.startsWith("blobs/")) {
                assertThat(name).isEqualTo("blobs/sha256/" + SampleImage.digest(content).hex());
            }
        });
    }

    @Test
    void keepsReferrersAndChildren() throws IOException {
        Descriptor child = image.manifest().descriptor();
        RawManifest index = manifest("\"manifests\":[" + child.toJson() + "]");
        write(index.bytes());
        layout.add(index.descriptor(), "all");
        RawManifest note = manifest("\"manifests\":[],\"subject\":" + index.descriptor().toJson());
        write(note.bytes());
        layout.add(note.descriptor());

        archive("all", "all");

        try (ArchiveSource archive = ArchiveSource.oci(file())) {
            assertThat(archive.manifest("all").parse().manifests()).containsExactly(child);
            assertThat(archive.referrers(index.digest())).extracting(Descriptor::digest)
                    .containsExactly(note.digest());
            assertThat(archive.manifest(child.digest().toString()).bytes()).isEqualTo(image.manifest().bytes());
            assertThatExceptionOfType(RegistryException.NotFound.class)
                    .isThrownBy(() -> archive.manifest(""))
                    .withMessageContaining("which of 2 is meant");
        }
    }

    private static RawManifest manifest(String fields) {
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\"," + fields + '}';
        return RawManifest.of(MediaTypes.OCI_INDEX, DigestAlgorithm.SHA256, SampleImage.utf8(json));
    }

    @Test
    void holdsContentUnderLongDigests() throws IOException {
        byte[] content = SampleImage.random(1000);
        Descriptor blob = Descriptor.of("a/b", Digest.of(DigestAlgorithm.SHA512, content), content.length);
        try (ArchiveTarget archive = ArchiveTarget.oci(file())) {
            archive.putBlob(blob, () -> new ByteArrayInputStream(content));
            assertThat(archive.hasBlob(blob)).isTrue();
            archive.finish();
        }

        assertThat(TestTar.read(file())).containsKey("blobs/sha512/" + blob.digest().hex());
        try (ArchiveSource archive = ArchiveSource.open(file()); InputStream in = archive.blob(blob)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void storesNothingOfWrongContent() throws IOException {
        byte[] content = SampleImage.random(1000);
        Descriptor blob = SampleImage.descriptor("a/b", content);
        try (ArchiveTarget archive = ArchiveTarget.oci(file())) {
            assertThatIOException()
                    .isThrownBy(() -> archive.putBlob(blob, () -> new ByteArrayInputStream(new byte[1000])));
            assertThat(archive.hasBlob(blob)).isFalse();
            archive.finish();
        }

        assertThat(TestTar.read(file())).containsOnlyKeys("index.json", "oci-layout");
    }

    @Test
    void readsTheLayoutOfAnArchiveThatIsBoth() throws IOException {
        Descriptor named = image.manifest().descriptor().withAnnotations(Map.of(
                "io.containerd.image.name", "docker.io/library/app:v1", IndexText.REF_NAME, "v1"));
        Path file = tar(IndexText.put(IndexText.EMPTY, named));

        try (ArchiveSource archive = ArchiveSource.open(file)) {
            assertThat(archive.names()).containsExactly("docker.io/library/app:v1");
            for (String name : List.of("docker.io/library/app:v1", "app:v1", "v1", "")) {
                assertThat(archive.manifest(name).bytes()).isEqualTo(image.manifest().bytes());
            }
            assertThatExceptionOfType(RegistryException.NotFound.class).isThrownBy(() -> archive.manifest("app:v2"));
        }
    }

    @Test
    void failsAtTheEndOfABlobThatIsAnother() throws IOException {
        Descriptor layer = image.manifest().parse().layers().get(0);
        Path blob = folder.resolve("from/blobs/sha256/" + layer.digest().hex());
        byte[] bytes = Files.readAllBytes(blob);
        bytes[500]++;
        Files.write(blob, bytes);

        try (ArchiveSource archive = ArchiveSource.open(tar(IndexText.EMPTY)); InputStream in = archive.blob(layer)) {
            assertThatIOException().isThrownBy(in::readAllBytes).withMessageContaining("in place of " + layer.digest());
        }
    }

    @Test
    void refusesLayoutsThatItCannotRead() throws IOException {
        Path broken = tar("[]");
        assertThatIOException().isThrownBy(() -> ArchiveSource.open(broken)).withMessageContaining("cannot be read");
        Path other = new TestTar(file())
                .file("oci-layout", "{\"imageLayoutVersion\":\"2.0.0\"}")
                .file("index.json", IndexText.EMPTY)
                .written();
        assertThatIOException().isThrownBy(() -> ArchiveSource.open(other)).withMessageContaining("version 1.0.0");
        Path none = new TestTar(file()).file("readme", "text").written();
        assertThatIOException()
                .isThrownBy(() -> ArchiveSource.oci(none))
                .withMessageContaining("there is no oci-layout in it");
    }
}
