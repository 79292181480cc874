package io.longshore.registry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorTest {
    private static final Digest DIGEST = Digest.of(DigestAlgorithm.SHA256, new byte[0]);

    @ParameterizedTest
    @CsvSource({
        "application/vnd.oci.image.layer.nondistributable.v1.tar, true",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip, true",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd, true",
        "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip, true",
        "application/vnd.oci.image.layer.v1.tar+gzip, false",
        "application/vnd.docker.image.rootfs.diff.tar.gzip, false"
    })
    void knowsWhatClientsDoNotPushByItsType(String mediaType, boolean stays) {
        assertThat(descriptor(mediaType, 1, List.of()).isLayerElsewhere()).isEqualTo(stays);
    }

    @Test
    void knowsLayersElsewhereByTheirUrls() {
        assertThat(descriptor("a/b", 1, List.of("https://mirror.example/x")).isLayerElsewhere()).isTrue();
    }

    @Test
    void copiesItsUrls() {
        List<String> urls = new ArrayList<>(List.of("https://mirror.example/x"));
        Descriptor descriptor = descriptor("a/b", 1, urls);
        urls.clear();

        assertThat(descriptor.urls()).hasSize(1);
        assertThatThrownBy(() -> descriptor.urls().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void isWrittenWithoutWhatIsEmpty() {
        assertThat(Descriptor.of("a/b", DIGEST, 0).toJson())
                .isEqualTo("{\"mediaType\":\"a/b\",\"digest\":\"" + DIGEST + "\",\"size\":0}");
    }

    @Test
    void isReadAsItWasWritten() {
        Descriptor whole = new Descriptor(
                "a/b", DIGEST, Long.MAX_VALUE, List.of("https://a/", "https://b/"), Map.of("key", "\"\u00fc\\"),
                Optional.of(new Platform("windows", "arm", "10.0.1", List.of("win32k"), "v7")), Optional.of("x/y"));
        Descriptor little = Descriptor.of("a/c", DIGEST, 1).withArtifactType(Optional.of("x/z"));

        assertThat(parsed(whole, little)).containsExactly(whole, little);
    }

    private static List<Descriptor> parsed(Descriptor... children) {
        String index = Stream.of(children)
                .map(Descriptor::toJson)
                .collect(Collectors.joining(",", "{\"schemaVersion\":2,\"manifests\":[", "]}"));
        return Manifest.parse(index.getBytes(StandardCharsets.UTF_8), MediaTypes.OCI_INDEX).manifests();
    }

    @Test
    void isCompleteAndOfNoNegativeSize() {
        assertThatIllegalArgumentException().isThrownBy(() -> descriptor("a/b", -1, List.of()));
        assertThatNullPointerException().isThrownBy(() -> descriptor(null, 1, List.of()));
        assertThatNullPointerException()
                .isThrownBy(() -> Platform.of("linux", null));
    }

    private static Descriptor descriptor(String mediaType, long sizeBytes, List<String> urls) {
        return new Descriptor(mediaType, DIGEST, sizeBytes, urls, Map.of(), Optional.empty(), Optional.empty());
    }
}
