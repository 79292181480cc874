package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RegistryExtension.class)
@Tag("end-12a")
class ReferrersIT {
    private static final String SBOM = "application/vnd.example.sbom.v1";
    private static final String SIGNATURE = "application/vnd.example.signature.v1";

    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "referrers");
    private final Digest subject = TestContent.unknownDigest();
    private final byte[] config = TestContent.bytes(10);

    ReferrersIT() {
        repository.push(config);
    }

    private String path(Digest of) {
        return repository.path("referrers/" + of);
    }

    private ObjectNode about(Digest of) {
        ObjectNode json = TestManifest.imageJson(config);
        json.set("subject", TestManifest.descriptor(MediaTypes.OCI_MANIFEST, of, 4711));
        json.putObject("annotations").put("org.example.id", TestContent.unknownDigest().hex());
        return json;
    }

    private TestManifest push(ObjectNode json) {
        TestManifest manifest = TestManifest.of(json);
        repository.push(manifest.digest(), manifest);
        return manifest;
    }

    private List<String> digests(Reply reply) {
        reply.expect(200);
        assertThat(reply.header("Content-Type")).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(reply.json().path("schemaVersion").intValue()).isEqualTo(2);
        assertThat(reply.json().path("mediaType").textValue()).isEqualTo(MediaTypes.OCI_INDEX);
        List<String> digests = new ArrayList<>();
        reply.json().path("manifests").forEach(entry -> digests.add(entry.path("digest").textValue()));
        return digests;
    }

    @Test
    void describesAReferrerWithTypeAndAnnotations() {
        ObjectNode json = about(subject).put("artifactType", SBOM);
        json.withObject("annotations").put("org.example.text", "ä \"quoted\" \\ \n \ud83d\udc33").put("empty", "");
        TestManifest referrer = push(json);

        Reply reply = http.get(path(subject)).send();

        assertThat(digests(reply)).containsExactly(referrer.digest().toString());
        JsonNode entry = reply.json().path("manifests").get(0);
        assertThat(entry.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("mediaType", "digest", "size", "artifactType", "annotations");
        assertThat(entry.path("mediaType").textValue()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(entry.path("size").longValue()).isEqualTo(referrer.bytes().length);
        assertThat(entry.path("artifactType").textValue()).isEqualTo(SBOM);
        assertThat(entry.path("annotations")).isEqualTo(json.path("annotations"));
        assertThat(reply.headers()).doesNotContainKeys("Link", "OCI-Filters-Applied");
    }

    @Test
    void takesTheTypeOfTheConfigWhereTheManifestHasNone() {
        push(about(subject));

        Reply reply = http.get(path(subject)).send().expect(200);

        assertThat(reply.json().at("/manifests/0/artifactType").textValue()).isEqualTo(TestManifest.CONFIG);
    }

    @Test
    void listsAnIndexThatHasASubject() {
        ObjectNode json = TestManifest.indexJson();
        json.set("subject", TestManifest.descriptor(MediaTypes.OCI_MANIFEST, subject, 1));
        TestManifest referrer = push(json);

        Reply reply = http.get(path(subject)).send();

        assertThat(digests(reply)).containsExactly(referrer.digest().toString());
        assertThat(reply.json().at("/manifests/0/mediaType").textValue()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(reply.json().path("manifests").get(0).has("artifactType")).isFalse();
    }

    @Test
    void listsNothingOfWhatHasNoReferrers() {
        TestManifest image = repository.pushImage("v1");

        for (Digest of : new Digest[] {image.digest(), TestContent.unknownDigest(), TestContent.sha512(new byte[1])}) {
            assertThat(http.get(path(of)).send().expect(200).text())
                    .isEqualTo("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[]}");
        }
    }

    @Test
    void listsNothingOfARepositoryThatIsNotThere() {
        Repository nobody = Repository.fresh(http, "nobody");

        assertThat(digests(http.get(nobody.path("referrers/" + subject)).send())).isEmpty();
    }

    @Test
    void listsAReferrerAtOnceAndNoLongerThanItIsThere() {
        for (int i = 0; i < 5; i++) {
            TestManifest referrer = push(about(subject));
            assertThat(digests(http.get(path(subject)).send())).containsExactly(referrer.digest().toString());
            http.delete(repository.manifest(referrer.digest())).send().expect(202);
            assertThat(digests(http.get(path(subject)).send())).isEmpty();
        }
    }

    @Test
    void keepsReferrersWhenTheSubjectGoes() {
        TestManifest image = repository.pushImage("v1");
        TestManifest referrer = push(about(image.digest()));

        http.delete(repository.manifest(image.digest())).send().expect(202);

        assertThat(digests(http.get(path(image.digest())).send())).containsExactly(referrer.digest().toString());
    }

    @Test
    void doesNotListReferrersOfOtherSubjectsAndRepositories() {
        push(about(TestContent.unknownDigest()));
        Repository other = Repository.fresh(http, "other");
        other.push(config);
        TestManifest foreign = TestManifest.of(about(subject));
        other.push("v1", foreign);

        assertThat(digests(http.get(path(subject)).send())).isEmpty();
    }

    @Test
    void listsReferrersOfASha512Subject() {
        Digest sha512 = TestContent.sha512(TestContent.bytes(5));
        TestManifest manifest = TestManifest.of(about(sha512));
        String pushedAs = TestContent.sha512(manifest.bytes()).toString();
        repository.push(pushedAs, manifest);

        assertThat(digests(http.get(path(sha512)).send())).containsExactly(pushedAs);
    }

    @Test
    @Tag("end-12b")
    void filtersByArtifactType() {
        TestManifest sbom = push(about(subject).put("artifactType", SBOM));
        push(about(subject).put("artifactType", SIGNATURE));
        push(about(subject));

        Reply reply = http.get(path(subject) + "?artifactType=" + SBOM).send();

        assertThat(digests(reply)).containsExactly(sbom.digest().toString());
        assertThat(reply.header("OCI-Filters-Applied")).isEqualTo("artifactType");
        Reply byConfig = http.get(path(subject) + "?artifactType=" + TestManifest.CONFIG.replace("+", "%2B")).send();
        assertThat(digests(byConfig)).hasSize(1);
    }

    @Test
    @Tag("end-12b")
    void filtersEverythingOutWhereNothingMatches() {
        push(about(subject).put("artifactType", SBOM));

        for (String type : new String[] {"application/vnd.nobody", "", "%C3%BC"}) {
            Reply reply = http.get(path(subject) + "?artifactType=" + type).send();
            assertThat(digests(reply)).isEmpty();
            assertThat(reply.header("OCI-Filters-Applied")).isEqualTo("artifactType");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    @Tag("end-12b")
    void leadsFromPageToPage(int n) {
        List<String> pushed = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            pushed.add(push(about(subject).put("artifactType", SBOM)).digest().toString());
            push(about(subject).put("artifactType", SIGNATURE));
        }
        List<String> seen = new ArrayList<>();
        String next = path(subject) + "?n=" + n + "&artifactType=" + SBOM;
        while (next != null) {
            Reply reply = http.get(next).send();
            assertThat(digests(reply)).hasSizeBetween(1, n);
            assertThat(reply.header("OCI-Filters-Applied")).isEqualTo("artifactType");
            seen.addAll(digests(reply));
            next = reply.optionalHeader("Link").map(TagListIT::target).orElse(null);
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(pushed);
    }

    @Test
    void refusesWhatIsNoDigest() {
        for (String text : new String[] {"latest", "sha256:abc", "md5:d41d8cd98f00b204e9800998ecf8427e"}) {
            http.get(repository.path("referrers/" + text)).send().expectError(400, "DIGEST_INVALID");
        }
        http.get(path(subject) + "?last=abc").send().expectError(400, "DIGEST_INVALID");
        http.get(path(subject) + "?n=-1").send().expectError(400, "PAGINATION_NUMBER_INVALID");
        http.get(path(subject) + "?artifactType=%00").send().expectError(400, "MANIFEST_INVALID");
    }
}
