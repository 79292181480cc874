package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to push a blob that goes well. */
@ExtendWith(RegistryExtension.class)
@Tag("end-4a")
@Tag("end-5")
@Tag("end-6")
class UploadIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "upload");
    private final byte[] blob = TestContent.bytes(100_000);
    private final Digest digest = TestContent.sha256(blob);

    private byte[] part(int from, int to) {
        return Arrays.copyOfRange(blob, from, to);
    }

    @Test
    void beginsWithASession() {
        Reply reply = http.post(repository.uploads()).send().expect(202);

        UUID uuid = UUID.fromString(reply.header("Docker-Upload-UUID"));
        assertThat(reply.header("Location")).isEqualTo(repository.path("blobs/uploads/" + uuid));
        assertThat(reply.header("Range")).isEqualTo("0-0");
        assertThat(reply.contentLength()).isZero();
        assertThat(reply.headers()).doesNotContainKey("OCI-Chunk-Min-Length");
    }

    @Test
    void beginsWithoutTheSlashToo() {
        http.post(repository.path("blobs/uploads")).send().expect(202);
    }

    @Test
    void takesTheWholeBlobInTheClosingRequest() {
        Upload upload = Upload.start(http, repository);

        upload.created(upload.put(digest).body(blob).send(), digest, blob);
    }

    @Test
    void takesTheWholeBlobInTheClosingRequestWithItsRange() {
        Upload upload = Upload.start(http, repository);

        Reply reply = upload.put(digest).header("Content-Range", Upload.range(0, blob)).body(blob).send();

        upload.created(reply, digest, blob);
    }

    @Test
    void takesTheWholeBlobInTheClosingRequestInChunkedCoding() {
        Upload upload = Upload.start(http, repository);

        upload.created(upload.put(digest).chunked(blob).send(), digest, blob);
    }

    @Test
    void takesOneStreamAndAnEmptyClosingRequest() {
        Upload upload = Upload.start(http, repository);

        Reply reply = upload.patch().chunked(blob).send().expect(202);

        assertThat(reply.header("Range")).isEqualTo("0-99999");
        assertThat(reply.contentLength()).isZero();
        upload.take(reply).finish(digest, blob);
    }

    @Test
    void waitsForTheBodyThatAClientAnnounces() {
        Upload upload = Upload.start(http, repository);

        upload.take(upload.patch().body(blob).expectContinue().send().expect(202)).finish(digest, blob);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%d-%d", "bytes %d-%d", "bytes %d-%d/100000", "bytes=%d-%d", "bytes %d-%d/*", "Bytes %d-%d"})
    void takesChunksWithTheirRangeInEverySpelling(String spelling) {
        Upload upload = Upload.start(http, repository);

        for (int start = 0; start < blob.length; start += 40_000) {
            int end = Math.min(blob.length, start + 40_000);
            Reply reply = upload.patch()
                    .header("Content-Range", spelling.formatted(start, end - 1))
                    .body(part(start, end))
                    .send()
                    .expect(202);
            assertThat(reply.header("Range")).isEqualTo("0-" + (end - 1));
            upload.take(reply);
        }

        upload.finish(digest, blob);
    }

    @Test
    void takesChunksWithoutTheirRange() {
        Upload upload = Upload.start(http, repository);

        upload.append(part(0, 30_000)).append(part(30_000, 30_001)).append(part(30_001, 100_000));

        upload.finish(digest, blob);
    }

    @Test
    void takesTheLastChunkInTheClosingRequest() {
        Upload upload = Upload.start(http, repository);
        upload.append(0, part(0, 60_000));

        Reply reply = upload.put(digest).header("Content-Range", "60000-99999").body(part(60_000, 100_000)).send();

        upload.created(reply, digest, blob);
    }

    @Test
    void takesTheLastChunkInTheClosingRequestWithoutItsRange() {
        Upload upload = Upload.start(http, repository);
        upload.append(part(0, 60_000));

        upload.created(upload.put(digest).body(part(60_000, 100_000)).send(), digest, blob);
    }

    @Test
    void takesChunksOfOneByte() {
        byte[] small = part(0, 20);
        Upload upload = Upload.start(http, repository);

        for (int i = 0; i < small.length; i++) {
            upload.append(i, part(i, i + 1));
        }

        upload.finish(TestContent.sha256(small), small);
    }

    @Test
    void takesAChunkWithoutBytes() {
        Upload upload = Upload.start(http, repository);

        upload.append(part(0, 10)).append(new byte[0]);

        assertThat(upload.range()).isEqualTo("0-9");
        upload.created(upload.put(digest).body(part(10, 100_000)).send(), digest, blob);
    }

    @Test
    void takesTheEmptyBlob() {
        byte[] nothing = {};
        Upload upload = Upload.start(http, repository);
        upload.finish(TestContent.sha256(nothing), nothing);

        Upload chunked = Upload.start(http, repository);
        chunked.append(nothing).finish(TestContent.sha256(nothing), nothing);
    }

    @Test
    void keepsTheNameOfTheUpload() {
        Upload upload = Upload.start(http, repository);

        upload.append(part(0, 10));
        upload.range();

        assertThat(upload.location()).endsWith("/" + upload.uuid());
    }

    @Test
    void takesTheDigestInWhateverOrderOfTheQuery() {
        Upload upload = Upload.start(http, repository);

        String query = "?foo=bar&digest=" + digest.toString().replace(":", "%3A") + "&_state=xyz";

        http.put(upload.location() + query).body(blob).send().expect(201);
    }

    @Test
    void makesTheRepositoryWithItsFirstBlobAndNotBefore() {
        Upload upload = Upload.start(http, repository);
        upload.append(blob);
        http.get(repository.path("tags/list")).send().expectError(404, "NAME_UNKNOWN");

        upload.finish(digest, blob);

        assertThat(http.get(repository.path("tags/list")).send().expect(200).strings("tags")).isEmpty();
    }
}
