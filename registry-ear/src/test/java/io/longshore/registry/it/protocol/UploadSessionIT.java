package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Status and end of uploads. */
@ExtendWith(RegistryExtension.class)
class UploadSessionIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "session");
    private final byte[] blob = TestContent.bytes(1000);
    private final Digest digest = TestContent.sha256(blob);

    @Test
    @Tag("end-13")
    void saysHowFarAnUploadHasCome() {
        Upload upload = Upload.start(http, repository);
        assertThat(upload.range()).isEqualTo("0-0");

        upload.append(TestContent.bytes(1));
        assertThat(upload.range()).isEqualTo("0-0");

        upload.append(TestContent.bytes(999));
        assertThat(upload.range()).isEqualTo("0-999");
    }

    @Test
    @Tag("end-13")
    void answersHeadAsGet() {
        Upload upload = Upload.start(http, repository).append(blob);

        Reply get = http.get(upload.location()).send().expect(204);
        Reply head = http.head(upload.location()).send().expect(204);

        for (String name : new String[] {"Location", "Range", "Docker-Upload-UUID"}) {
            assertThat(head.header(name)).isEqualTo(get.header(name));
        }
        assertThat(get.headers()).doesNotContainKeys("Content-Type", "Transfer-Encoding");
    }

    @Test
    @Tag("end-14")
    void endsAnUploadThatIsCancelled() {
        Upload upload = Upload.start(http, repository).append(blob);

        Reply reply = http.delete(upload.location()).send().expect(204);

        assertThat(reply.body()).isEmpty();
        isUnknown(upload.location());
        http.get(repository.blob(digest)).send().expectError(404, "BLOB_UNKNOWN");
    }

    @Test
    @Tag("end-14")
    void endsAnUploadThatNeverGotAByte() {
        Upload upload = Upload.start(http, repository);

        http.delete(upload.location()).send().expect(204);

        isUnknown(upload.location());
    }

    @Test
    @Tag("code-3")
    void doesNotKnowAFinishedUpload() {
        Upload upload = Upload.start(http, repository).append(blob);
        upload.finish(digest, blob);

        isUnknown(upload.location());
    }

    @Test
    @Tag("code-3")
    void doesNotKnowAnUploadThatNeverBegan() {
        isUnknown(repository.uploads() + UUID.randomUUID());
        isUnknown(repository.uploads() + "not-a-uuid");
        isUnknown(repository.uploads() + "1-1-1-1-1");
    }

    @Test
    @Tag("code-3")
    void doesNotKnowTheUploadOfAnotherRepository() {
        Upload upload = Upload.start(http, repository).append(blob);

        isUnknown(Repository.fresh(http, "other").uploads() + upload.uuid());

        upload.finish(digest, blob);
    }

    private void isUnknown(String location) {
        http.get(location).send().expectError(404, "BLOB_UPLOAD_UNKNOWN");
        http.head(location).send().expect(404);
        http.patch(location).body(blob).send().expectError(404, "BLOB_UPLOAD_UNKNOWN");
        http.put(location + "?digest=" + digest).body(blob).send().expectError(404, "BLOB_UPLOAD_UNKNOWN");
        http.delete(location).send().expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void keepsUploadsOfOneRepositoryApart() {
        byte[] other = TestContent.bytes(1000);
        Upload one = Upload.start(http, repository);
        Upload two = Upload.start(http, repository);
        assertThat(one.uuid()).isNotEqualTo(two.uuid());

        one.append(blob);
        two.append(other);

        two.finish(TestContent.sha256(other), other);
        one.finish(digest, blob);
    }

    @Test
    void takesTheSameBlobFromTwoUploads() {
        Upload one = Upload.start(http, repository).append(blob);
        Upload two = Upload.start(http, repository).append(blob);

        one.finish(digest, blob);
        two.finish(digest, blob);
    }
}
