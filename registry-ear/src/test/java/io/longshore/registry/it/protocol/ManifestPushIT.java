package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RegistryExtension.class)
@Tag("end-7a")
class ManifestPushIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "push");

    @Test
    void answersWithLocationAndDigest() {
        TestManifest image = repository.newImage();

        Reply reply = repository.put("v1", image).send().expect(201);

        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(image.digest().toString());
        assertThat(reply.header("Location")).isEqualTo(repository.manifest(image.digest()));
        assertThat(reply.contentLength()).isZero();
        assertThat(reply.headers()).doesNotContainKeys("OCI-Subject", "OCI-Tag");
        assertThat(http.get(reply.header("Location")).send().expect(200).body()).isEqualTo(image.bytes());
    }

    @Test
    void storesAManifestByDigestWithoutATag() {
        TestManifest image = repository.newImage();

        Reply reply = repository.put(image.digest(), image).send().expect(201);

        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(image.digest().toString());
        assertThat(http.get(repository.path("tags/list")).send().expect(200).strings("tags")).isEmpty();
        http.get(repository.manifest(image.digest())).send().expect(200);
    }

    @Test
    void answersThePushOfTheSameManifestAsTheFirst() {
        TestManifest image = repository.newImage();

        Reply first = repository.put("v1", image).send().expect(201);
        Reply second = repository.put("v1", image).send().expect(201);

        assertThat(Headers.withoutDate(second)).isEqualTo(Headers.withoutDate(first));
    }

    @Test
    void movesATagAndKeepsTheOldManifest() {
        TestManifest first = repository.pushImage("v1");
        TestManifest second = repository.pushImage("v1");

        assertThat(http.get(repository.manifest("v1")).send().body()).isEqualTo(second.bytes());
        assertThat(http.get(repository.manifest(first.digest())).send().body()).isEqualTo(first.bytes());
        assertThat(http.get(repository.path("tags/list")).send().strings("tags")).containsExactly("v1");
    }

    @Test
    void takesTheLongestTag() {
        String tag = "_" + "a.B-9".repeat(25) + "xx";
        assertThat(tag).hasSize(128);

        TestManifest image = repository.pushImage(tag);

        assertThat(http.get(repository.manifest(tag)).send().expect(200).body()).isEqualTo(image.bytes());
    }

    @Test
    void takesAManifestInChunkedCoding() {
        TestManifest image = repository.newImage();

        http.put(repository.manifest("v1"))
                .header("Content-Type", image.mediaType())
                .chunked(image.bytes())
                .send()
                .expect(201);

        assertThat(http.get(repository.manifest("v1")).send().body()).isEqualTo(image.bytes());
    }

    @Test
    void sendsTheSubjectBack() {
        TestManifest subject = repository.pushImage("v1");
        byte[] config = TestContent.bytes(8);
        repository.push(config);
        ObjectNode json = TestManifest.imageJson(config);
        json.set("subject", subject.descriptor());

        Reply reply = repository.push("signature", TestManifest.of(json));

        assertThat(reply.header("OCI-Subject")).isEqualTo(subject.digest().toString());
    }

    @Test
    void takesASubjectThatIsNotThereYet() {
        Digest subject = TestContent.unknownDigest();
        ObjectNode json = TestManifest.indexJson();
        json.set("subject", TestManifest.descriptor(MediaTypes.OCI_MANIFEST, subject, 123));

        Reply reply = repository.push("early", TestManifest.of(json));

        assertThat(reply.header("OCI-Subject")).isEqualTo(subject.toString());
    }

    @Test
    @Tag("code-5")
    void namesEveryDigestThatIsMissingOnce() {
        byte[] config = TestContent.bytes(10);
        byte[] there = TestContent.bytes(11);
        byte[] missing = TestContent.bytes(12);
        byte[] alsoMissing = TestContent.bytes(13);
        repository.push(there);
        TestManifest image = TestManifest.image(config, missing, there, missing, alsoMissing);

        Reply reply = repository.put("v1", image)
                .send()
                .expectError(404, "MANIFEST_BLOB_UNKNOWN", "MANIFEST_BLOB_UNKNOWN", "MANIFEST_BLOB_UNKNOWN");

        assertThat(reply.errorDetails())
                .containsExactlyInAnyOrder(
                        TestContent.sha256(config).toString(),
                        TestContent.sha256(missing).toString(),
                        TestContent.sha256(alsoMissing).toString());
        http.get(repository.manifest("v1")).send().expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    @Tag("code-5")
    void namesTheChildrenOfAnIndexThatAreMissing() {
        TestManifest there = repository.pushImage("child");
        TestManifest missing = repository.newImage();

        Reply reply = repository.put("v1", TestManifest.index(there, missing))
                .send()
                .expectError(404, "MANIFEST_BLOB_UNKNOWN");

        assertThat(reply.errorDetails()).isEqualTo(List.of(missing.digest().toString()));
    }

    @Test
    @Tag("code-5")
    void doesNotTakeABlobOfAnotherRepositoryForItsOwn() {
        Repository other = Repository.fresh(http, "other");
        TestManifest image = other.pushImage("v1");

        repository.put("v1", image).send().expectError(404, "MANIFEST_BLOB_UNKNOWN", "MANIFEST_BLOB_UNKNOWN");
    }

    @Test
    @Tag("code-4")
    void refusesAManifestUnderAnotherDigest() {
        TestManifest image = repository.newImage();
        Digest wrong = TestContent.unknownDigest();

        repository.put(wrong, image).send().expectError(400, "DIGEST_INVALID");

        http.get(repository.manifest(wrong)).send().expectError(404, "MANIFEST_UNKNOWN");
        http.get(repository.manifest(image.digest())).send().expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void storesUnderTheSha512DigestThatThePushNames() {
        TestManifest image = repository.newImage();
        String sha512 = TestContent.sha512(image.bytes()).toString();

        Reply reply = repository.put(sha512, image).send().expect(201);

        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(sha512);
        assertThat(reply.header("Location")).isEqualTo(repository.manifest(sha512));
    }

    @Test
    void takesReferencesBySha512() {
        byte[] config = TestContent.bytes(20);
        repository.push(config, TestContent.sha512(config));
        ObjectNode json = TestManifest.imageJson(config);
        json.set("config", TestManifest.descriptor(TestManifest.CONFIG, TestContent.sha512(config), config.length));
        TestManifest image = TestManifest.of(json);

        repository.push("v1", image);

        assertThat(http.get(repository.manifest("v1")).send().body()).isEqualTo(image.bytes());
    }

    @Test
    void refusesTagsThatBreakTheGrammar() {
        TestManifest image = repository.newImage();

        for (String tag : new String[] {".hidden", "-x", "a%20b", "a+b", "t".repeat(129), "%C3%BC"}) {
            repository.put(tag, image).send().expectError(400, "TAG_INVALID");
        }
    }

    @Test
    @Tag("code-13")
    void refusesABodyInAContentCoding() {
        repository.put("v1", repository.newImage())
                .header("Content-Encoding", "gzip")
                .send()
                .expectError(415, "UNSUPPORTED");
    }

    @Test
    void ignoresAContentCodingThatChangesNothing() {
        repository.put("v1", repository.newImage())
                .header("Content-Encoding", "identity")
                .send()
                .expect(201);
    }
}
