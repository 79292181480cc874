package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.MediaTypes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RegistryExtension.class)
@Tag("end-3")
class ManifestPullIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "pull");

    @Test
    void servesTheBytesThatWerePushedByTagAndByDigest() {
        byte[] config = TestContent.bytes(10);
        repository.push(config);
        String json = TestManifest.imageJson(config).toPrettyString() + "\n\n \t\r\n";
        TestManifest manifest = TestManifest.of(MediaTypes.OCI_MANIFEST, json);
        repository.push("v1", manifest);

        for (Object reference : new Object[] {"v1", manifest.digest(), TestContent.sha256(manifest.bytes())}) {
            Reply reply = http.get(repository.manifest(reference)).send().expect(200);
            assertThat(reply.body()).isEqualTo(manifest.bytes());
            assertThat(reply.header("Content-Type")).isEqualTo(MediaTypes.OCI_MANIFEST);
            assertThat(reply.contentLength()).isEqualTo(manifest.bytes().length);
            assertThat(reply.header("Docker-Content-Digest")).hasToString(manifest.digest().toString());
            assertThat(reply.header("ETag")).isEqualTo("\"" + manifest.digest() + "\"");
        }
    }

    @Test
    void answersHeadWithTheHeadersOfGet() {
        TestManifest image = repository.pushImage("v1");

        for (Object reference : new Object[] {"v1", image.digest()}) {
            Reply get = http.get(repository.manifest(reference)).send().expect(200);
            Reply head = http.head(repository.manifest(reference)).send().expect(200);
            assertThat(head.body()).isEmpty();
            assertThat(Headers.withoutDate(head)).isEqualTo(Headers.withoutDate(get));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.docker.distribution.manifest.v2+json",
                "text/html",
                "application/*;q=0.1, text/plain",
                "*/*",
                "application/vnd.oci.image.manifest.v1+json;q=0"
            })
    void servesWhatIsStoredWhateverTheClientAccepts(String accepted) {
        TestManifest image = repository.pushImage("v1");

        Reply reply = http.get(repository.manifest("v1")).header("Accept", accepted).send().expect(200);

        assertThat(reply.body()).isEqualTo(image.bytes());
        assertThat(reply.header("Content-Type")).isEqualTo(MediaTypes.OCI_MANIFEST);
    }

    @Test
    @Tag("code-13")
    void refusesAnAcceptThatIsNoListOfMediaTypes() {
        repository.pushImage("v1");

        Reply reply = http.get(repository.manifest("v1")).header("Accept", "no media type").send();

        assertThat(reply.expectError(400, "UNSUPPORTED").text()).contains("Accept");
    }

    @Test
    void neverCompresses() {
        TestManifest image = repository.pushImage("v1");

        Reply reply = http.get(repository.manifest("v1"))
                .header("Accept-Encoding", "gzip, deflate, br, zstd")
                .send()
                .expect(200);

        assertThat(reply.optionalHeader("Content-Encoding")).isEmpty();
        assertThat(reply.body()).isEqualTo(image.bytes());
    }

    @Test
    void answers304WhereTheClientHasTheManifest() {
        TestManifest image = repository.pushImage("v1");
        String tag = "\"" + image.digest() + "\"";

        for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            for (String method : new String[] {"GET", "HEAD"}) {
                Reply reply = http.request(method, repository.manifest("v1"))
                        .header("If-None-Match", known)
                        .send()
                        .expect(304);
                assertThat(reply.body()).isEmpty();
                assertThat(reply.header("ETag")).isEqualTo(tag);
                assertThat(reply.header("Docker-Content-Digest")).isEqualTo(image.digest().toString());
            }
        }
    }

    @Test
    void servesTheManifestWhereTheClientHasAnother() {
        TestManifest image = repository.pushImage("v1");

        Reply reply = http.get(repository.manifest("v1"))
                .header("If-None-Match", "\"" + TestContent.unknownDigest() + "\"")
                .send()
                .expect(200);

        assertThat(reply.body()).isEqualTo(image.bytes());
    }

    @Test
    @Tag("code-7")
    void doesNotKnowWhatWasNeverPushed() {
        repository.pushImage("v1");

        http.get(repository.manifest("v2")).send().expectError(404, "MANIFEST_UNKNOWN");
        http.get(repository.manifest(TestContent.unknownDigest())).send().expectError(404, "MANIFEST_UNKNOWN");
        http.get(Repository.fresh(http, "nobody").manifest("v1")).send().expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void doesNotServeAManifestOfAnotherRepository() {
        TestManifest image = repository.pushImage("v1");
        Repository other = Repository.fresh(http, "other");
        other.pushImage("v1");

        http.get(other.manifest(image.digest())).send().expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void answersHeadOfWhatIsNotThereWithoutABody() throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.sendHead("HEAD " + repository.manifest("v1") + " HTTP/1.1", "Host: x");
            Reply reply = connection.read("HEAD").expect(404);
            assertThat(reply.header("Content-Type")).isEqualTo("application/json");

            // Nothing but the head was sent, or this would not be read as a reply.
            connection.sendHead("GET /v2/ HTTP/1.1", "Host: x");
            assertThat(connection.read("GET").expect(200).text()).isEqualTo("{}");
        }
    }

    @Test
    void servesAManifestUnderItsSha512Digest() {
        TestManifest image = repository.newImage();
        String sha512 = TestContent.sha512(image.bytes()).toString();
        repository.push(sha512, image);

        Reply reply = http.get(repository.manifest(sha512)).send().expect(200);

        assertThat(reply.body()).isEqualTo(image.bytes());
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(sha512);
        assertThat(reply.header("ETag")).isEqualTo("\"" + sha512 + "\"");
    }

    @Test
    void acceptsTheNamespaceThatClientsOfMirrorsSend() {
        repository.pushImage("v1");

        http.get(repository.manifest("v1") + "?ns=docker.io").send().expect(200);
    }

    @Test
    @Tag("code-4")
    void refusesWhatIsNeitherTagNorDigest() {
        http.get(repository.manifest("-tag")).send().expectError(400, "TAG_INVALID");
        http.get(repository.manifest("t".repeat(129))).send().expectError(400, "TAG_INVALID");
        http.get(repository.manifest("sha256:abc")).send().expectError(400, "DIGEST_INVALID");
        http.get(repository.manifest("md5:d41d8cd98f00b204e9800998ecf8427e")).send().expectError(400, "DIGEST_INVALID");
        http.get(repository.manifest(TestContent.unknownDigest().toString().toUpperCase()))
                .send()
                .expectError(400, "DIGEST_INVALID");
    }

    @Test
    void takesATagThatLooksLikeAFallbackTagAsATag() {
        TestManifest image = repository.newImage();
        String tag = "sha256-" + TestContent.unknownDigest().hex() + ".sig";
        repository.push(tag, image);

        assertThat(http.get(repository.manifest(tag)).send().expect(200).body()).isEqualTo(image.bytes());
    }
}
