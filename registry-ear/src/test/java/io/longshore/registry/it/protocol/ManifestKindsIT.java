package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.MediaTypes;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is accepted as a manifest: the structure decides, not a list of media types. */
@ExtendWith(RegistryExtension.class)
@Tag("end-7a")
class ManifestKindsIT {
    private static final byte[] EMPTY_JSON = {'{', '}'};

    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "kinds");
    private final byte[] config = TestContent.bytes(40);

    ManifestKindsIT() {
        repository.push(config);
        repository.push(EMPTY_JSON);
        repository.push(new byte[0]);
    }

    private void storesAndServes(TestManifest manifest) {
        repository.push("v1", manifest);

        Reply reply = http.get(repository.manifest("v1")).send().expect(200);
        assertThat(reply.header("Content-Type")).isEqualTo(manifest.mediaType());
        assertThat(reply.body()).isEqualTo(manifest.bytes());
    }

    @Test
    void takesADockerManifest() {
        ObjectNode json = TestManifest.imageJson(config, EMPTY_JSON).put("mediaType", MediaTypes.DOCKER_MANIFEST);

        storesAndServes(TestManifest.of(json));
    }

    @Test
    void takesADockerManifestList() {
        TestManifest child = TestManifest.of(
                TestManifest.imageJson(config).put("mediaType", MediaTypes.DOCKER_MANIFEST));
        repository.push(child.digest(), child);
        ObjectNode json = TestManifest.indexJson(child).put("mediaType", MediaTypes.DOCKER_LIST);
        ((ObjectNode) json.path("manifests").get(0))
                .putObject("platform")
                .put("os", "linux")
                .put("architecture", "arm64")
                .put("variant", "v8");

        storesAndServes(TestManifest.of(json));
    }

    @Test
    void takesAnIndexOfIndexes() {
        TestManifest inner = TestManifest.index(repository.pushImage("image"));
        repository.push("inner", inner);

        storesAndServes(TestManifest.index(inner));
    }

    @Test
    void takesAnEmptyIndex() {
        storesAndServes(TestManifest.index());
    }

    @Test
    void takesAnImageWithoutLayers() {
        storesAndServes(TestManifest.image(config));
    }

    @Test
    void takesAnImageWithTheEmptyBlobAsALayer() {
        storesAndServes(TestManifest.image(config, new byte[0]));
    }

    @Test
    void takesAnArtifactWithTheEmptyConfig() {
        ObjectNode json = TestManifest.imageJson(config).put("artifactType", "application/vnd.example.sbom.v1");
        json.set("config", TestManifest.descriptor("application/vnd.oci.empty.v1+json", EMPTY_JSON));

        storesAndServes(TestManifest.of(json));
    }

    @Test
    void takesEmbeddedData() {
        ObjectNode json = TestManifest.imageJson(config);
        json.set(
                "config",
                TestManifest.descriptor("application/vnd.oci.empty.v1+json", EMPTY_JSON)
                        .put("data", Base64.getEncoder().encodeToString(EMPTY_JSON)));

        storesAndServes(TestManifest.of(json));
    }

    @Test
    void takesLayersThatLieElsewhere() {
        ObjectNode json = TestManifest.imageJson(config);
        json.withArray("layers")
                .addObject()
                .put("mediaType", "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip")
                .put("digest", TestContent.unknownDigest().toString())
                .put("size", 4711)
                .putArray("urls")
                .add("https://elsewhere.example.org/layer");

        storesAndServes(TestManifest.of(json));
    }

    @Test
    void takesAManifestOfAnUnknownType() {
        storesAndServes(TestManifest.of(
                TestManifest.imageJson(config).put("mediaType", "application/vnd.example.wasm.manifest.v7+json")));
    }

    @Test
    void takesFieldsThatItDoesNotKnow() {
        ObjectNode json = TestManifest.imageJson(config);
        json.putObject("io.example").putArray("nested").add(1.5e300).add(true).addNull();
        json.put("ünïcode", "\ud83d\udc33");

        storesAndServes(TestManifest.of(json));
    }

    @Test
    void takesAnOciManifestWithoutItsOwnMediaType() {
        ObjectNode json = TestManifest.imageJson(config);
        json.remove("mediaType");

        storesAndServes(TestManifest.of(MediaTypes.OCI_MANIFEST, json.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/octet-stream", "application/x-www-form-urlencoded"})
    void takesTheTypeFromTheBodyWhereTheRequestSaysNothing(String contentType) {
        TestManifest image = TestManifest.image(config);
        http.put(repository.manifest("v1"))
                .header("Content-Type", contentType)
                .body(image.bytes())
                .send()
                .expect(201);

        assertThat(http.get(repository.manifest("v1")).send().header("Content-Type"))
                .isEqualTo(MediaTypes.OCI_MANIFEST);
    }

    @Test
    void takesAManifestWithoutAContentType() {
        TestManifest image = TestManifest.image(config);
        http.put(repository.manifest("v1")).body(image.bytes()).send().expect(201);

        assertThat(http.get(repository.manifest("v1")).send().header("Content-Type"))
                .isEqualTo(MediaTypes.OCI_MANIFEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"; charset=utf-8", ";charset=\"utf-8\"; foo=bar", " ;x=y"})
    void ignoresParametersOfTheType(String parameters) {
        TestManifest image = TestManifest.image(config);
        http.put(repository.manifest("v1"))
                .header("Content-Type", image.mediaType() + parameters)
                .body(image.bytes())
                .send()
                .expect(201);

        assertThat(http.get(repository.manifest("v1")).send().header("Content-Type"))
                .isEqualTo(MediaTypes.OCI_MANIFEST);
    }

    @Test
    void servesTheTypeOfTheLatestPush() {
        ObjectNode json = TestManifest.imageJson(config);
        json.remove("mediaType");
        TestManifest image = TestManifest.of(MediaTypes.OCI_MANIFEST, json.toString());
        repository.push("v1", image);

        repository.push("v1", TestManifest.of("application/vnd.example.other.v1+json", image.text()));

        assertThat(http.get(repository.manifest(image.digest())).send().header("Content-Type"))
                .isEqualTo("application/vnd.example.other.v1+json");
    }
}
