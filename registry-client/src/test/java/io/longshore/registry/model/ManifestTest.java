package io.longshore.registry.model;

import static io.longshore.registry.model.ManifestFixture.descriptor;
import static io.longshore.registry.model.ManifestFixture.image;
import static io.longshore.registry.model.ManifestFixture.parse;
import static io.longshore.registry.model.ManifestFixture.parsed;
import static io.longshore.registry.model.ManifestFixture.sha256;
import static io.longshore.registry.model.ManifestFixture.sha512;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ManifestTest {
    static final List<String> ACCEPTED = ManifestFixture.ACCEPTED;

    @Test
    void readsADockerImage() {
        Manifest manifest = parsed("docker-schema2");

        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
        assertThat(manifest.config())
                .contains(Descriptor.of(
                        "application/vnd.docker.container.image.v1+json", sha256("web config"), 8139));
        assertThat(manifest.layers()).extracting(Descriptor::sizeBytes).containsExactly(29154732L, 1487L, 32L);
        assertThat(manifest.manifests()).isEmpty();
        assertThat(manifest.subject()).isEmpty();
        assertThat(manifest.annotations()).isEmpty();
        assertThat(manifest.artifactType()).contains("application/vnd.docker.container.image.v1+json");
        assertThat(manifest.requiredBlobs())
                .extracting(Descriptor::digest)
                .containsExactly(sha256("web config"), sha256("web 0"), sha256("web 1"), sha256("web 2"));
    }

    @Test
    void readsADockerListWithItsPlatforms() {
        Manifest manifest = parsed("docker-list");

        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.DOCKER_LIST);
        assertThat(manifest.artifactType()).isEmpty();
        assertThat(manifest.requiredBlobs()).isEmpty();
        assertThat(manifest.manifests())
                .extracting(child -> child.platform().orElseThrow())
                .containsExactly(
                        Platform.of("linux", "amd64"),
                        new Platform("linux", "arm", "", List.of(), "v7"),
                        new Platform("windows", "amd64", "10.0.20348.2700", List.of(), ""));
    }

    @Test
    void takesAnOciImageWithoutMediaTypeByItsStructure() {
        Manifest manifest = parsed("oci-image");

        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(manifest.layers()).extracting(Descriptor::digest).containsExactly(sha256("oci 0"), sha256("oci 1"));
        assertThat(manifest.annotations())
                .containsExactly(
                        entry("org.opencontainers.image.version", "3.2"),
                        entry("org.opencontainers.image.base.name", "example.org/base:12"),
                        entry("com.example.ünïcode", "día 🚢"));
    }

    @Test
    void readsAnIndexWithAttestations() {
        Manifest manifest = parsed("oci-index");

        assertThat(manifest.manifests()).extracting(Descriptor::digest)
                .containsExactly(sha256("index amd64"), sha256("index arm64"), sha256("index amd64 attestation"));
        assertThat(manifest.manifests().get(2).platform())
                .contains(Platform.of("unknown", "unknown"));
    }

    @Test
    void readsTheAnnotationsOfDescriptorsAndTheFeaturesOfPlatforms() {
        String child = "{\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":1,\"annotations\":{\"b\":\"2\",\"a\":\"1\"},"
                .formatted(sha256("x")) + "\"platform\":{\"os.features\":[\"win32k\"],\"variant\":null}}";
        Descriptor read = parse("{\"schemaVersion\":2,\"manifests\":[" + child + "]}", null).manifests().get(0);

        assertThat(read.annotations()).containsExactly(entry("b", "2"), entry("a", "1"));
        assertThat(read.platform()).contains(new Platform("", "", "", List.of("win32k"), ""));
    }

    @Test
    void readsAnIndexOfAnIndexAndAnArtifact() {
        Manifest manifest = parsed("nested-index");

        assertThat(manifest.manifests()).extracting(Descriptor::mediaType)
                .containsExactly(MediaTypes.OCI_INDEX, MediaTypes.OCI_MANIFEST);
        assertThat(manifest.manifests().get(0).platform()).isEmpty();
    }

    @Test
    void readsAnArtifactWithTheEmptyConfig() {
        Manifest manifest = parsed("artifact-empty-config");

        assertThat(manifest.artifactType()).contains("application/vnd.example.model+json");
        assertThat(manifest.requiredBlobs())
                .extracting(Descriptor::digest, Descriptor::sizeBytes)
                .containsExactly(
                        tuple(sha256("{}"), 2L),
                        tuple(sha256("weights"), 4294967296L));
    }

    @Test
    void readsASubjectAndTakesTheConfigForTheArtifactType() {
        Manifest manifest = parsed("artifact-with-subject");

        assertThat(manifest.subject()).map(Descriptor::digest).contains(sha256("index amd64"));
        assertThat(manifest.artifactType()).contains("application/vnd.example.sbom.config.v1+json");
        assertThat(manifest.requiredBlobs()).extracting(Descriptor::digest)
                .as("a subject may be missing")
                .containsExactly(sha256("sbom config"), sha256("sbom"));
    }

    @Test
    void readsSignaturesAndCharts() {
        assertThat(parsed("cosign-signature").layers()).extracting(Descriptor::mediaType)
                .containsExactly("application/vnd.dev.cosign.simplesigning.v1+json");
        assertThat(parsed("helm-chart").artifactType()).contains("application/vnd.cncf.helm.config.v1+json");
    }

    @Test
    void requiresNoLayersThatStayWithTheirOwner() {
        Manifest manifest = parsed("windows-foreign-layers");

        assertThat(manifest.layers()).hasSize(4);
        assertThat(manifest.layers().get(0).urls()).containsExactly("https://mirror.example/blobs/windows-base");
        assertThat(manifest.requiredBlobs()).extracting(Descriptor::digest)
                .containsExactly(sha256("windows config"), sha256("windows own"));
    }

    @Test
    void requiresTheConfigWhateverItsTypeAndUrls() {
        String urls = ",\"urls\":[\"https://mirror.example/x\"]}";
        String config = descriptor("application/vnd.oci.image.layer.nondistributable.v1.tar", "config");
        String layer = descriptor("application/vnd.oci.image.layer.v1.tar+gzip", "layer");
        String foreign = descriptor("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", "foreign");
        String json = "{\"config\":%s,\"layers\":[%s,%s,%s]}".formatted(
                config.replace("}", urls), foreign, foreign.replace("}", urls), layer.replace("}", urls));

        assertThat(parse(json, "application/vnd.acme").requiredBlobs()).extracting(Descriptor::digest)
                .containsExactly(sha256("config"));
    }

    @Test
    void readsReferencesBySha512() {
        Manifest manifest = parsed("sha512-references");

        assertThat(manifest.config()).map(Descriptor::digest).contains(sha512("config 512"));
        assertThat(manifest.layers()).extracting(Descriptor::digest)
                .containsExactly(sha512("layer 512"), sha256("layer 256"));
        assertThat(manifest.subject()).map(Descriptor::digest).contains(sha512("subject 512"));
    }

    @Test
    void takesEmbeddedContentThatIsWhatItSays() {
        assertThat(parsed("embedded-data").layers()).extracting(Descriptor::sizeBytes).containsExactly(11L, 0L);
    }

    @Test
    void takesTheBlobsOfAWithdrawnArtifactManifestForItsLayers() {
        Manifest manifest = parsed("oci-artifact-manifest");

        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_ARTIFACT_MANIFEST);
        assertThat(manifest.artifactType()).contains("application/vnd.example.sbom.v1");
        assertThat(manifest.requiredBlobs()).extracting(Descriptor::digest).containsExactly(sha256("artifact blob"));
        assertThat(manifest.subject()).isPresent();
    }

    @Test
    void leavesAFieldNamedBlobsAloneInAnyOtherManifest() {
        assertThat(parse(image(",\"blobs\":[1,\"two\"]"), null).layers()).hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("ACCEPTED")
    void readsTheSameWhicheverWayTheTypeIsGiven(String name) {
        Manifest manifest = parsed(name);

        for (String contentType : List.of(manifest.mediaType(), manifest.mediaType() + "; charset=utf-8", "*/*",
                " application/json ;charset=utf-8", "application/octet-stream", "", " ", ";",
                "application/x-www-form-urlencoded")) {
            Manifest again = Manifest.parse(ManifestFixture.bytes(name), contentType);
            assertThat(again).as("with Content-Type '%s'", contentType).usingRecursiveComparison().isEqualTo(manifest);
        }
    }

    @Test
    void keepsTheTypeAsItWasPushed() {
        String odd = "application/vnd.OCI.image.manifest.v1+JSON";
        assertThat(parse(image(",\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\""), odd).mediaType()).isEqualTo(odd);
        assertThat(parse(image(""), MediaTypes.DOCKER_MANIFEST + ";v=1").mediaType())
                .isEqualTo(MediaTypes.DOCKER_MANIFEST);
        assertThat(parse(image(",\"mediaType\":\"application/vnd.acme.box+json\""), null).mediaType())
                .isEqualTo("application/vnd.acme.box+json");
    }

    @Test
    void knowsAnUnknownTypeByItsStructure() {
        String layer = descriptor("application/gzip", "layer");
        Manifest layered = parse("{\"layers\":[" + layer + "]}", "application/vnd.acme.layered");
        Manifest configured = parse("{\"config\":" + layer + "}", "application/vnd.acme.configured");
        Manifest listing = parse("{\"manifests\":[" + layer + "]}", "application/vnd.acme.listing");

        assertThat(layered.requiredBlobs()).hasSize(1);
        assertThat(layered.artifactType()).isEmpty();
        assertThat(configured.artifactType()).contains("application/gzip");
        assertThat(listing.manifests()).hasSize(1);
    }

    @Test
    void takesAnObjectThatOnlyItsTypeExplains() {
        Manifest manifest = parse("{\"schemaVersion\":1,\"signatures\":[]}", "application/vnd.acme.ticket+json");

        assertThat(manifest.mediaType()).isEqualTo("application/vnd.acme.ticket+json");
        assertThat(manifest.requiredBlobs()).isEmpty();
        assertThat(parse("{\"mediaType\":\"application/vnd.acme.ticket+json\",\"artifactType\":\"a/b\"}", null)
                .artifactType()).contains("a/b");
    }

    @Test
    void takesEmptyListsAndTreatsNullAsEncodersThatWriteItMeanIt() {
        String config = "\"schemaVersion\":2,\"config\":" + descriptor("a/b", "config");
        String nulls = ",\"subject\":null,\"annotations\":null,\"artifactType\":null,\"mediaType\":null";

        assertThat(parse("{" + config + ",\"layers\":[]}", null).layers()).isEmpty();
        assertThat(parse("{" + config + ",\"layers\":null}", null).layers()).isEmpty();
        assertThat(parse("{" + config + ",\"layers\":[]" + nulls + "}", null).artifactType()).contains("a/b");
        assertThat(parse("{\"schemaVersion\":2,\"manifests\":[]}", null).mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(parse("{\"schemaVersion\":2,\"manifests\":null,\"config\":null}", null).mediaType())
                .isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(parse(image(",\"mediaType\":\"\",\"artifactType\":\"\""), null).artifactType())
                .contains("application/vnd.oci.image.config.v1+json");
    }

    @Test
    void ignoresUnknownFieldsAtEveryLevel() {
        String more = "\"x\":{\"y\":[1e400,-0.5,null,true,{}]}";
        String layer = "{%s,\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":1,\"platform\":{%s,\"os\":\"linux\"}}"
                .formatted(more, sha256("x"), more);
        Manifest manifest = parse("{\"schemaVersion\":2,%s,\"manifests\":[%s]}".formatted(more, layer), null);

        assertThat(manifest.manifests().get(0).platform())
                .contains(Platform.of("linux", ""));
    }

    @Test
    void listsEachRequiredBlobOnceInOrder() {
        String shared = descriptor("a/b", "shared");
        String other = descriptor("a/b", "other");
        String json = "{\"config\":%s,\"layers\":[%s,%s,%s]}".formatted(shared, other, shared, other);

        assertThat(parse(json, "application/vnd.acme").requiredBlobs()).extracting(Descriptor::digest)
                .containsExactly(sha256("shared"), sha256("other"));
    }

    @Test
    void takesTheLargestSizeAndTheDeepestNesting() {
        String size = "{\"layers\":[{\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":9223372036854775807}]}";
        String nesting = "{\"x\":" + "[".repeat(63) + "]".repeat(63) + "}";

        assertThat(parse(size.formatted(sha256("x")), "application/vnd.acme").layers().get(0).sizeBytes())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(parse(nesting, "application/vnd.acme").requiredBlobs()).isEmpty();
    }

    @Test
    void handsOutNothingThatCouldBeChanged() {
        Manifest manifest = parsed("oci-image");

        assertThatThrownBy(() -> manifest.layers().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> manifest.manifests().add(null)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> manifest.annotations().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> manifest.requiredBlobs().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
