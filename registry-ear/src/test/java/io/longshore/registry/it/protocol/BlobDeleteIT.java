package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RegistryExtension.class)
@Tag("end-10")
class BlobDeleteIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "blob-delete");

    @Test
    void deletesABlobAtOnce() {
        Digest digest = repository.push(TestContent.bytes(10));

        Reply reply = http.delete(repository.blob(digest)).send().expect(202);

        assertThat(reply.contentLength()).isZero();
        http.get(repository.blob(digest)).send().expectError(404, "BLOB_UNKNOWN");
        http.head(repository.blob(digest)).send().expect(404);
    }

    @Test
    void leavesTheBlobToOtherRepositories() {
        byte[] blob = TestContent.bytes(10);
        Digest digest = repository.push(blob);
        Repository other = Repository.fresh(http, "other");
        other.push(blob);

        http.delete(repository.blob(digest)).send().expect(202);

        assertThat(http.get(other.blob(digest)).send().expect(200).body()).isEqualTo(blob);
    }

    @Test
    void takesADeletedBlobAgain() {
        byte[] blob = TestContent.bytes(10);
        Digest digest = repository.push(blob);
        http.delete(repository.blob(digest)).send().expect(202);

        repository.push(blob);

        assertThat(http.get(repository.blob(digest)).send().expect(200).body()).isEqualTo(blob);
    }

    @Test
    @Tag("code-13")
    void refusesToDeleteWhatAManifestNeeds() {
        byte[] config = TestContent.bytes(10);
        byte[] layer = TestContent.bytes(11);
        repository.push(config);
        repository.push(layer);
        TestManifest image = TestManifest.image(config, layer);
        repository.push("v1", image);

        for (byte[] blob : new byte[][] {config, layer}) {
            String path = repository.blob(TestContent.sha256(blob));
            Reply refused = http.delete(path).send().expectError(405, "UNSUPPORTED");
            assertThat(refused.header("Allow")).isEqualTo("GET, HEAD");
            assertThat(http.get(path).send().expect(200).body()).isEqualTo(blob);
        }

        http.delete(repository.manifest(image.digest())).send().expect(202);
        http.delete(repository.blob(TestContent.sha256(layer))).send().expect(202);
    }

    @Test
    @Tag("code-1")
    void doesNotKnowWhatIsNotThere() {
        Digest digest = repository.push(TestContent.bytes(10));
        http.delete(repository.blob(digest)).send().expect(202);

        http.delete(repository.blob(digest)).send().expectError(404, "BLOB_UNKNOWN");
        http.delete(repository.blob(TestContent.unknownDigest())).send().expectError(404, "BLOB_UNKNOWN");
        http.delete(Repository.fresh(http, "nobody").blob(digest)).send().expectError(404, "BLOB_UNKNOWN");
    }

    @Test
    void refusesWhatIsNoDigest() {
        http.delete(repository.path("blobs/latest")).send().expectError(400, "DIGEST_INVALID");
    }
}
