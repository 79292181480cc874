package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import land.oras.Annotations;
import land.oras.ArtifactType;
import land.oras.Config;
import land.oras.ContainerRef;
import land.oras.Index;
import land.oras.Layer;
import land.oras.LocalPath;
import land.oras.Manifest;
import land.oras.ManifestDescriptor;
import land.oras.Registry;
import land.oras.exception.OrasException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrasIT {
    private static final ArtifactType SBOM = ArtifactType.from("application/vnd.example.sbom");
    private static final ArtifactType SIGNATURE = ArtifactType.from("application/vnd.example.signature");
    private static final int MEBIBYTE = 1024 * 1024;

    private final TargetRegistry registry = TargetRegistry.get();
    private final Registry oras = Registry.builder().insecure(registry.authority()).build();
    private final String repository = registry.newRepository("oras");

    @TempDir
    private Path folder;

    private LocalPath file;

    @BeforeEach
    void writeAFile() throws IOException {
        file = LocalPath.of(Files.writeString(folder.resolve("file.txt"), repository), "text/plain");
    }

    @Test
    void pushesAnArtifactAndPullsIt() throws IOException {
        Manifest pushed = oras.pushArtifact(ref("v1"), SBOM, file);

        Path pulled = Files.createDirectory(folder.resolve("pulled"));
        oras.pullArtifact(ref("v1"), pulled, true);

        assertThat(pulled.resolve("file.txt")).hasContent(repository);
        assertThat(oras.getManifest(ref("v1")).getArtifactType()).isEqualTo(SBOM);
        assertThat(registry.manifest(repository, "v1").digest()).isEqualTo(Digest.parse(pushed.getDigest()));
    }

    @Test
    void pushesAnIndexOfArtifacts() {
        ManifestDescriptor first = oras.pushArtifact(ref("v1"), SBOM, file).getDescriptor();
        ManifestDescriptor second = oras.pushArtifact(ref("v2"), SIGNATURE, file).getDescriptor();

        oras.pushIndex(ref("both"), Index.fromManifests(List.of(first, second)));

        assertThat(oras.getIndex(ref("both")).getManifests())
                .extracting(ManifestDescriptor::getDigest)
                .containsExactly(first.getDigest(), second.getDigest());
    }

    @Test
    void attachesArtifactsToAnImageAndFindsThemByType() {
        TestImage image = pushImage(80);

        Annotations annotations = Annotations.ofManifest(new HashMap<>(Map.of("org.example.key", "value")));
        Manifest sbom = oras.attachArtifact(ref("v1"), SBOM, annotations, file);
        Manifest signature = oras.attachArtifact(ref("v1"), SIGNATURE, file);

        assertThat(referrers(image.digest(), null))
                .extracting(ManifestDescriptor::getDigest)
                .containsExactlyInAnyOrder(sbom.getDigest(), signature.getDigest());
        assertThat(referrers(image.digest(), SBOM)).singleElement().satisfies(found -> {
            assertThat(found.getDigest()).isEqualTo(sbom.getDigest());
            assertThat(found.getArtifactType()).isEqualTo(SBOM.getMediaType());
            assertThat(found.getAnnotations()).containsEntry("org.example.key", "value");
        });
        assertThat(registry.tags(repository)).containsExactly("v1");
    }

    @Test
    void attachesAnArtifactToAnArtifact() {
        TestImage image = pushImage(81);
        Manifest sbom = oras.attachArtifact(ref("v1"), SBOM, file);

        Manifest signature = oras.attachArtifact(ref(sbom.getDigest()), SIGNATURE, file);

        assertThat(referrers(Digest.parse(sbom.getDigest()), null))
                .extracting(ManifestDescriptor::getDigest)
                .containsExactly(signature.getDigest());
    }

    @Test
    void findsNoReferrersOfAnImageThatHasNone() {
        TestImage image = pushImage(82);

        assertThat(referrers(image.digest(), null)).isEmpty();
    }

    @Test
    void losesTheReferrerThatItDeletes() {
        TestImage image = pushImage(83);
        Manifest sbom = oras.attachArtifact(ref("v1"), SBOM, file);

        oras.deleteManifest(ref(sbom.getDigest()));

        assertThat(referrers(image.digest(), null)).isEmpty();
    }

    @Test
    void deletesAnArtifactWithItsTag() {
        Manifest pushed = oras.pushArtifact(ref("v1"), SBOM, file);

        oras.deleteManifest(ref(pushed.getDigest()));

        assertThatThrownBy(() -> oras.getManifest(ref("v1")))
                .isInstanceOfSatisfying(OrasException.class, e -> assertThat(e.getStatusCode()).isEqualTo(404));
    }

    @Test
    void deletesATagAndLeavesTheArtifact() {
        Manifest pushed = oras.pushArtifact(ref("v1"), SBOM, file);

        oras.deleteManifest(ref("v1"));

        assertThat(registry.hasManifest(repository, "v1")).isFalse();
        assertThat(registry.hasManifest(repository, pushed.getDigest())).isTrue();
    }

    @Test
    void deletesABlob() {
        Layer pushed = oras.pushBlob(ref("v1"), random(100));

        oras.deleteBlob(ref(pushed.getDigest()));

        assertThat(registry.hasBlob(repository, Digest.parse(pushed.getDigest()))).isFalse();
    }

    @Test
    void listsTagsPageByPage() {
        for (String tag : List.of("v1", "v2", "v3")) {
            oras.pushArtifact(ref(tag), SBOM, file);
        }

        assertThat(oras.getTags(ref("v1")).tags()).containsExactlyInAnyOrder("v1", "v2", "v3");
        assertThat(oras.getTags(ref("v1"), 2, null).tags()).containsExactly("v1", "v2");
        assertThat(oras.getTags(ref("v1"), 2, "v2").tags()).containsExactly("v3");
    }

    @Test
    void listsRepositories() {
        // The SDK reads one page: a name in front of all that other tests use.
        String first = "0/" + repository;
        oras.pushArtifact(ContainerRef.parse(registry.image(first, "v1")), SBOM, file);

        assertThat(oras.getRepositories().repositories()).contains(first);
    }

    @Test
    void pushesABlobInOneRequest() {
        byte[] content = random(3_000);

        Layer pushed = oras.pushBlob(ref("v1"), content);

        assertThat(oras.fetchBlob(ref(pushed.getDigest()))).hasBinaryContent(content);
    }

    @Test
    void pushesABlobInChunks() {
        byte[] content = random(5 * MEBIBYTE + 1);
        String digest = Digest.of(DigestAlgorithm.SHA256, content).toString();

        oras.pushBlobChunked(ref(digest), new ByteArrayInputStream(content), content.length, MEBIBYTE);

        assertThat(oras.fetchBlob(ref(digest))).hasBinaryContent(content);
    }

    @Test
    void pushesABlobThatSha512Names() {
        byte[] content = random(4_000);
        String digest = Digest.of(DigestAlgorithm.SHA512, content).toString();

        oras.pushBlob(ref(digest), content);

        assertThat(oras.fetchBlob(ref(digest))).hasBinaryContent(content);
    }

    @Test
    void mountsABlobFromAnotherRepository() {
        byte[] content = random(5_000);
        Layer pushed = oras.pushBlob(ref("v1"), content);
        ContainerRef there = ContainerRef.parse(registry.image(registry.newRepository("oras"), "v1"))
                .withDigest(pushed.getDigest());

        assertThat(oras.mountBlob(ref(pushed.getDigest()), there)).isTrue();

        assertThat(oras.fetchBlob(there)).hasBinaryContent(content);
    }

    // The SDK attaches with an empty configuration, which it takes to be there already.
    private TestImage pushImage(long seed) {
        TestImage image = TestImage.small(seed);
        registry.push(repository, "v1", image);
        oras.pushConfig(ref("v1"), Config.empty());
        return image;
    }

    private List<ManifestDescriptor> referrers(Digest subject, ArtifactType type) {
        return oras.getReferrers(ref(subject.toString()), type).getManifests();
    }

    private ContainerRef ref(String reference) {
        char separator = reference.contains(":") ? '@' : ':';
        return ContainerRef.parse(registry.authority() + '/' + repository + separator + reference);
    }

    private static byte[] random(int sizeBytes) {
        byte[] content = new byte[sizeBytes];
        new Random(sizeBytes).nextBytes(content);
        return content;
    }
}
