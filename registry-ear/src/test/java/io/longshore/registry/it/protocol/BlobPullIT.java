package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RegistryExtension.class)
@Tag("end-2")
class BlobPullIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "blob");

    @Test
    void servesTheBytesThatWerePushed() {
        byte[] blob = TestContent.bytes(1_000_000);
        Digest digest = repository.push(blob);

        Reply reply = http.get(repository.blob(digest)).send().expect(200);

        assertThat(reply.body()).isEqualTo(blob);
        assertThat(reply.contentLength()).isEqualTo(blob.length);
        assertThat(reply.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(digest.toString());
        assertThat(reply.header("ETag")).isEqualTo("\"" + digest + "\"");
        assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(reply.header("Cache-Control")).contains("immutable", "max-age=31536000");
    }

    @Test
    void answersHeadWithTheHeadersOfGet() {
        for (int size : new int[] {0, 1, 100_000}) {
            Digest digest = repository.push(TestContent.bytes(size));

            Reply get = http.get(repository.blob(digest)).send().expect(200);
            Reply head = http.head(repository.blob(digest)).send().expect(200);

            assertThat(head.body()).isEmpty();
            assertThat(head.contentLength()).isEqualTo(size);
            assertThat(Headers.withoutDate(head)).isEqualTo(Headers.withoutDate(get));
        }
    }

    @Test
    void servesTheEmptyBlob() {
        Digest digest = repository.push(new byte[0]);

        Reply reply = http.get(repository.blob(digest)).send().expect(200);

        assertThat(digest.hex()).startsWith("e3b0c44298fc1c14");
        assertThat(reply.body()).isEmpty();
        assertThat(reply.contentLength()).isZero();
    }

    @Test
    void servesABlobUnderItsSha512Digest() {
        byte[] blob = TestContent.bytes(1000);
        Digest digest = TestContent.sha512(blob);
        repository.push(blob, digest);

        Reply reply = http.get(repository.blob(digest)).send().expect(200);

        assertThat(reply.body()).isEqualTo(blob);
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(digest.toString());
    }

    @Test
    void takesTheColonOfADigestEncoded() {
        byte[] blob = TestContent.bytes(10);
        Digest digest = repository.push(blob);

        String encoded = digest.toString().replace(":", "%3A");

        assertThat(http.get(repository.path("blobs/" + encoded)).send().expect(200).body()).isEqualTo(blob);
        http.head(repository.path("blobs/" + encoded.replace("%3A", "%3a"))).send().expect(200);
    }

    @Test
    void answers304WhereTheClientHasTheBlob() {
        Digest digest = repository.push(TestContent.bytes(10));

        for (String method : new String[] {"GET", "HEAD"}) {
            Reply reply = http.request(method, repository.blob(digest))
                    .header("If-None-Match", "\"" + digest + "\"")
                    .send()
                    .expect(304);
            assertThat(reply.header("Docker-Content-Digest")).isEqualTo(digest.toString());
            assertThat(reply.header("Cache-Control")).contains("immutable");
        }
    }

    @Test
    void neverCompresses() {
        byte[] blob = new byte[100_000];
        Digest digest = repository.push(blob);

        Reply reply = http.get(repository.blob(digest))
                .header("Accept-Encoding", "gzip, deflate, br, zstd")
                .send()
                .expect(200);

        assertThat(reply.optionalHeader("Content-Encoding")).isEmpty();
        assertThat(reply.optionalHeader("Vary")).isEmpty();
        assertThat(reply.body()).isEqualTo(blob);
    }

    @Test
    @Tag("code-1")
    void doesNotKnowWhatTheRepositoryDoesNotHave() {
        Digest digest = repository.push(TestContent.bytes(10));
        Repository other = Repository.fresh(http, "other");
        other.push(TestContent.bytes(10));

        http.get(repository.blob(TestContent.unknownDigest())).send().expectError(404, "BLOB_UNKNOWN");
        http.get(other.blob(digest)).send().expectError(404, "BLOB_UNKNOWN");
        http.get(Repository.fresh(http, "nobody").blob(digest)).send().expectError(404, "BLOB_UNKNOWN");
        assertThat(http.head(other.blob(digest)).send().expect(404).body()).isEmpty();
    }

    @Test
    void doesNotServeAManifestAsABlob() {
        TestManifest image = repository.pushImage("v1");

        http.get(repository.blob(image.digest())).send().expectError(404, "BLOB_UNKNOWN");
    }

    @Test
    @Tag("code-4")
    void refusesWhatIsNoDigest() {
        String hex = TestContent.unknownDigest().hex();
        for (String text : new String[] {
            "latest", "sha256:", "sha256:" + hex + "0", "sha256:" + hex.substring(1), "sha256:" + "g".repeat(64),
            "sha384:" + hex, "sha512:" + hex, ":" + hex, "sha256:%20" + hex.substring(1)
        }) {
            http.get(repository.path("blobs/" + text)).send().expectError(400, "DIGEST_INVALID");
        }
    }

    @Test
    void acceptsTheNamespaceThatClientsOfMirrorsSend() {
        Digest digest = repository.push(TestContent.bytes(10));

        http.get(repository.blob(digest) + "?ns=docker.io").send().expect(200);
    }
}
