package io.longshore.registry.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IndexTextTest {
    private static final Digest FIRST = Digest.of(DigestAlgorithm.SHA256, new byte[] {1});
    private static final Digest SECOND = Digest.of(DigestAlgorithm.SHA256, new byte[] {2});
    private static final String FOREIGN = """
            {"schemaVersion":2,"x":[1.50,{"y":null}],"manifests":[{"mediaType":"a/b","digest":"%s","size":1,"z":true,\
            "annotations":{"org.opencontainers.image.ref.name":"v1"}}],"annotations":{"who":"others"}}"""
            .formatted(FIRST);

    @Test
    void isAnIndexOfNothing() {
        assertThat(Manifest.parse(IndexText.EMPTY.getBytes(StandardCharsets.UTF_8), null).manifests()).isEmpty();
    }

    @Test
    void keepsWhatItDoesNotKnow() {
        Descriptor second = Descriptor.of("a/b", SECOND, 2);

        assertThat(IndexText.put(FOREIGN, second)).isEqualTo(FOREIGN.replace("}}]", "}}," + second.toJson() + "]"));
        assertThat(IndexText.remove(IndexText.put(FOREIGN, second), SECOND)).isEqualTo(FOREIGN);
        assertThat(IndexText.remove(FOREIGN, SECOND)).isEqualTo(FOREIGN);
    }

    @Test
    void replacesAllEntriesOfTheDigest() {
        Descriptor first = Descriptor.of("a/b", FIRST, 1).withAnnotations(Map.of(IndexText.REF_NAME, "v2"));

        assertThat(manifests(IndexText.put(FOREIGN, first))).isEqualTo(first.toJson());
    }

    @Test
    void removesAllEntriesOfTheDigest() {
        String twice = IndexText.add(FOREIGN, Descriptor.of("a/b", FIRST, 1), Optional.of("v2"));

        assertThat(manifests(twice)).contains("v1", "v2");
        assertThat(manifests(IndexText.remove(twice, FIRST))).isEmpty();
    }

    private static String manifests(String index) {
        return index.replaceFirst(".*\"manifests\":\\[(.*)],\"annotations.*", "$1");
    }
}
