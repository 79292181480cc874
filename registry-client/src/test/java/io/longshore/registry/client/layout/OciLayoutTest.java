package io.longshore.registry.client.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OciLayoutTest {
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    @TempDir
    private Path folder;

    private static Digest digest(String content) {
        return Digest.of(DigestAlgorithm.SHA256, content.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream stream(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    private static Descriptor manifest(String content) {
        return Descriptor.of(MediaTypes.OCI_MANIFEST, digest(content), content.length());
    }

    private static Descriptor named(Descriptor manifest, String name) {
        return manifest.withAnnotations(Map.of(REF_NAME, name));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted().toList();
        }
    }

    private void index(String json) throws IOException {
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
        Files.writeString(folder.resolve("index.json"), json.replace('\'', '"'));
    }

    @Test
    void makesWhatTheSpecificationSays() throws Exception {
        OciLayout layout = OciLayout.openOrCreate(folder);
        layout.write(digest("text"), stream("text"));

        assertThat(files()).containsExactly("blobs/sha256/" + digest("text").hex(), "index.json", "oci-layout");
        assertThat(folder.resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(OciLayout.open(folder).manifests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void returnsWhatWasStored(DigestAlgorithm algorithm) throws Exception {
        OciLayout layout = OciLayout.openOrCreate(folder);
        byte[] content = "content".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(algorithm, content);

        layout.write(digest, new ByteArrayInputStream(content));
        layout.write(digest, new ByteArrayInputStream(content));

        assertThat(layout.size(digest)).contains((long) content.length);
        try (InputStream in = layout.read(digest)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void storesNothingThatIsNotWhatItsDigestSays() throws Exception {
        OciLayout layout = OciLayout.openOrCreate(folder);

        assertThatThrownBy(() -> layout.write(digest("one"), stream("another")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(digest("one").toString());
        assertThat(layout.size(digest("one"))).isEmpty();
        assertThatThrownBy(() -> layout.read(digest("one"))).isInstanceOf(NoSuchFileException.class);
        assertThat(files()).containsExactly("index.json", "oci-layout");
    }

    @Test
    void storesNothingOfWhatBreaksOff() throws Exception {
        OciLayout layout = OciLayout.openOrCreate(folder);
        InputStream broken = new SequenceInputStream(stream("begins"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cut");
            }
        });

        assertThatThrownBy(() -> layout.write(digest("begins"), broken)).hasMessage("cut");
        assertThat(files()).containsExactly("index.json", "oci-layout");
    }

    @Test
    void findsManifestsByTheirNames() throws Exception {
        OciLayout layout = OciLayout.openOrCreate(folder);
        Descriptor image = new Descriptor(
                MediaTypes.OCI_MANIFEST, digest("image"), 5, List.of("https://elsewhere.example/image"), Map.of("key", "\"value\""),
                Optional.of(new Platform("windows", "arm", "10.0.1", List.of("win32k"), "v7")), Optional.of("a/type"));

        layout.add(image, "v1");
        layout.add(manifest("other"), "v2");

        Descriptor found = layout.find("v1").orElseThrow();
        assertThat(found.annotations()).isEqualTo(Map.of("key", "\"value\"", REF_NAME, "v1"));
        assertThat(found.withAnnotations(image.annotations())).isEqualTo(image);
        assertThat(layout.find("v2")).contains(named(manifest("other"), "v2"));
        assertThat(layout.find("v3")).isEmpty();
    }

    @Test
    void aNameMovesAndWhatHadItStays() throws Exception {
        OciLayout layout = OciLayout.openOrCreate(folder);
        layout.add(manifest("old"), "latest");
        layout.add(manifest("new"), "latest");

        assertThat(layout.find("latest")).contains(named(manifest("new"), "latest"));
        assertThat(layout.manifests()).extracting(Descriptor::digest).containsExactly(digest("old"), digest("new"));
    }

    @Test
    void aManifestMayHaveSeveralNamesAndIsThereOnceUnderEach() throws Exception {
        OciLayout layout = OciLayout.openOrCreate(folder);
        layout.add(manifest("image"));
        layout.add(manifest("image"));
        layout.add(manifest("image"), "v1");
        layout.add(manifest("image"), "v1");
        layout.add(manifest("image"), "v2");
        layout.add(manifest("image"));

        assertThat(layout.manifests()).containsExactly(
                named(manifest("image"), "v1"), named(manifest("image"), "v2"));
    }

    @Test
    void keepsWhatOthersHaveWrittenIntoTheIndex() throws Exception {
        String entry = "{'mediaType': '" + MediaTypes.OCI_INDEX + "', 'digest': '" + digest("theirs")
                + "', 'size': 7, 'artifactType': 'a/b', 'annotations': {'" + REF_NAME + "': 'v1', 'k': 'v'}, 'x': [1, {}]}";
        index("{'schemaVersion': 2, 'manifests': [" + entry + "], 'annotations': {'made by': 'others'}, 'y': null}");

        OciLayout.open(folder).add(manifest("ours"), "v1");

        assertThat(Files.readString(folder.resolve("index.json"))).isEqualTo(
                ("{'schemaVersion':2,'manifests':[{'mediaType':'" + MediaTypes.OCI_INDEX + "','digest':'" + digest("theirs")
                        + "','size':7,'artifactType':'a/b','annotations':{'k':'v'},'x':[1,{}]},"
                        + "{'mediaType':'" + MediaTypes.OCI_MANIFEST + "','digest':'" + digest("ours")
                        + "','size':4,'annotations':{'" + REF_NAME + "':'v1'}}],"
                        + "'annotations':{'made by':'others'},'y':null}").replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{'schemaVersion': 2}", "{'schemaVersion': 2, 'manifests': [{'digest': 'no'}]}"})
    void anIndexThatCannotBeReadIsAnErrorAndNotChanged(String json) throws Exception {
        index(json);
        OciLayout layout = OciLayout.open(folder);

        assertThatThrownBy(layout::manifests).isInstanceOf(IOException.class).hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> layout.add(manifest("image"), "v1")).isInstanceOf(IOException.class);
        assertThat(Files.readString(folder.resolve("index.json"))).isEqualTo(json.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"imageLayoutVersion\": \"2.0.0\"}", "{\"imageLayoutVersion\": 1}", "1.0.0", ""})
    void aLayoutOfAnotherKindIsRefused(String layout) throws Exception {
        Files.writeString(folder.resolve("oci-layout"), layout);

        assertThatThrownBy(() -> OciLayout.open(folder)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> OciLayout.openOrCreate(folder)).isInstanceOf(IOException.class);
    }

    @Test
    void aFolderWithoutALayoutIsNone() {
        assertThatThrownBy(() -> OciLayout.open(folder)).isInstanceOf(NoSuchFileException.class);
    }
}
