package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RegistryExtension.class)
@Tag("end-9")
class ManifestDeleteIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "delete");

    @Test
    void deletesATagAndLeavesTheManifest() {
        TestManifest image = repository.newImage();
        repository.put(image.digest() + "?tag=a&tag=b", image).send().expect(201);

        Reply reply = http.delete(repository.manifest("a")).send().expect(202);

        assertThat(reply.contentLength()).isZero();
        http.get(repository.manifest("a")).send().expectError(404, "MANIFEST_UNKNOWN");
        assertThat(http.get(repository.manifest("b")).send().expect(200).body()).isEqualTo(image.bytes());
        assertThat(http.get(repository.manifest(image.digest())).send().expect(200).body()).isEqualTo(image.bytes());
        assertThat(http.get(repository.path("tags/list")).send().strings("tags")).containsExactly("b");
    }

    @Test
    void deletesTheLastTagAndLeavesTheManifest() {
        TestManifest image = repository.pushImage("only");

        http.delete(repository.manifest("only")).send().expect(202);

        assertThat(http.get(repository.path("tags/list")).send().expect(200).strings("tags")).isEmpty();
        assertThat(http.get(repository.manifest(image.digest())).send().expect(200).body()).isEqualTo(image.bytes());
    }

    @Test
    void deletesAManifestWithItsTags() {
        TestManifest image = repository.newImage();
        repository.put(image.digest() + "?tag=a&tag=b", image).send().expect(201);
        TestManifest other = repository.pushImage("c");

        Reply reply = http.delete(repository.manifest(image.digest())).send().expect(202);

        assertThat(reply.contentLength()).isZero();
        for (Object reference : new Object[] {"a", "b", image.digest()}) {
            http.get(repository.manifest(reference)).send().expectError(404, "MANIFEST_UNKNOWN");
            http.head(repository.manifest(reference)).send().expect(404);
        }
        assertThat(http.get(repository.path("tags/list")).send().strings("tags")).containsExactly("c");
        assertThat(http.get(repository.manifest("c")).send().body()).isEqualTo(other.bytes());
    }

    @Test
    void leavesTheBlobsOfADeletedManifest() {
        byte[] config = TestContent.bytes(30);
        repository.push(config);
        TestManifest image = TestManifest.image(config);
        repository.push("v1", image);

        http.delete(repository.manifest(image.digest())).send().expect(202);

        assertThat(http.get(repository.blob(TestContent.sha256(config))).send().expect(200).body()).isEqualTo(config);
    }

    @Test
    void leavesTheChildrenOfADeletedIndex() {
        TestManifest child = repository.pushImage("child");
        TestManifest index = TestManifest.index(child);
        repository.push("index", index);

        http.delete(repository.manifest(index.digest())).send().expect(202);

        assertThat(http.get(repository.manifest("child")).send().expect(200).body()).isEqualTo(child.bytes());
    }

    @Test
    void deletesTheChildOfAnIndexThatStays() {
        TestManifest child = repository.newImage();
        repository.push(child.digest(), child);
        TestManifest index = TestManifest.index(child);
        repository.push("index", index);

        http.delete(repository.manifest(child.digest())).send().expect(202);

        http.get(repository.manifest(child.digest())).send().expectError(404, "MANIFEST_UNKNOWN");
        assertThat(http.get(repository.manifest("index")).send().expect(200).body()).isEqualTo(index.bytes());
    }

    @Test
    void leavesTheSameManifestOfAnotherRepository() {
        TestManifest index = TestManifest.index();
        Repository other = Repository.fresh(http, "other");
        repository.push("v1", index);
        other.push("v1", index);

        http.delete(repository.manifest(index.digest())).send().expect(202);

        assertThat(http.get(other.manifest("v1")).send().expect(200).body()).isEqualTo(index.bytes());
    }

    @Test
    @Tag("code-7")
    void doesNotKnowWhatIsDeletedAlready() {
        TestManifest image = repository.pushImage("v1");
        http.delete(repository.manifest("v1")).send().expect(202);
        http.delete(repository.manifest("v1")).send().expectError(404, "MANIFEST_UNKNOWN");
        http.delete(repository.manifest(image.digest())).send().expect(202);

        http.delete(repository.manifest(image.digest())).send().expectError(404, "MANIFEST_UNKNOWN");
        http.delete(Repository.fresh(http, "nobody").manifest("v1")).send().expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void takesADeletedManifestAgain() {
        TestManifest image = repository.pushImage("v1");
        http.delete(repository.manifest(image.digest())).send().expect(202);

        repository.push("v1", image);

        assertThat(http.get(repository.manifest("v1")).send().expect(200).body()).isEqualTo(image.bytes());
    }

    @Test
    void refusesWhatIsNeitherTagNorDigest() {
        http.delete(repository.manifest("-x")).send().expectError(400, "TAG_INVALID");
        http.delete(repository.manifest("sha256:x")).send().expectError(400, "DIGEST_INVALID");
    }
}
