package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks come in order, and what is refused leaves the upload where it was. */
@ExtendWith(RegistryExtension.class)
@Tag("end-5")
@Tag("end-6")
class ChunkOrderIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "order");
    private final byte[] blob = TestContent.bytes(3000);
    private final byte[] first = Arrays.copyOf(blob, 1000);
    private final byte[] second = Arrays.copyOfRange(blob, 1000, 2000);
    private final byte[] third = Arrays.copyOfRange(blob, 2000, 3000);
    private final Digest digest = TestContent.sha256(blob);

    private void saysWhereToGoOn(Upload upload, Reply reply, String range) {
        reply.expectError(416, "RANGE_INVALID");
        assertThat(reply.header("Range")).isEqualTo(range);
        assertThat(reply.header("Location")).isEqualTo(upload.location());
        assertThat(reply.header("Docker-Upload-UUID")).isEqualTo(upload.uuid());
        assertThat(upload.range()).isEqualTo(range);
    }

    @Test
    void refusesAChunkThatLeavesAGap() {
        Upload upload = Upload.start(http, repository).append(0, first);

        Reply reply = upload.patch().header("Content-Range", "2000-2999").body(third).send();

        saysWhereToGoOn(upload, reply, "0-999");
        upload.append(1000, second).append(2000, third).finish(digest, blob);
    }

    @Test
    void refusesAChunkThatWasThereAlready() {
        Upload upload = Upload.start(http, repository).append(0, first);

        saysWhereToGoOn(upload, upload.patch().header("Content-Range", "0-999").body(first).send(), "0-999");
        saysWhereToGoOn(upload, upload.patch().header("Content-Range", "999-1998").body(second).send(), "0-999");

        upload.append(1000, second).append(2000, third).finish(digest, blob);
    }

    @Test
    void refusesAFirstChunkThatDoesNotBeginAtTheBeginning() {
        Upload upload = Upload.start(http, repository);

        saysWhereToGoOn(upload, upload.patch().header("Content-Range", "1000-1999").body(second).send(), "0-0");

        upload.append(0, first).append(1000, second).append(2000, third).finish(digest, blob);
    }

    @Test
    void refusesALastChunkOutOfOrderInTheClosingRequest() {
        Upload upload = Upload.start(http, repository).append(0, first);

        Reply reply = upload.put(digest).header("Content-Range", "2000-2999").body(third).send();

        saysWhereToGoOn(upload, reply, "0-999");
        upload.append(1000, second);
        upload.created(
                upload.put(digest).header("Content-Range", "2000-2999").body(third).send(), digest, blob);
    }

    @Test
    @Tag("code-10")
    void refusesAChunkOfAnotherLengthThanItsRange() {
        Upload upload = Upload.start(http, repository).append(0, first);

        for (String range : new String[] {"1000-1998", "1000-2000", "1000-1000"}) {
            upload.patch().header("Content-Range", range).body(second).send().expectError(400, "SIZE_INVALID");
            assertThat(upload.range()).isEqualTo("0-999");
        }

        upload.append(1000, second).append(2000, third).finish(digest, blob);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000", "1000-", "-1999", "1999-1000", "a-b", "1000-1999,2000-2999", "bytes */3000", "1000--1999",
                "1000-1999/100", "0x3e8-0x7cf", "1000-99999999999999999999", "items 1000-1999", "1000 - 1999", "*"
            })
    void refusesARangeThatIsNone(String range) {
        Upload upload = Upload.start(http, repository).append(0, first);

        upload.patch().header("Content-Range", range).body(second).send().expectError(400, "RANGE_INVALID");

        assertThat(upload.range()).isEqualTo("0-999");
        upload.append(1000, second).append(2000, third).finish(digest, blob);
    }

    @Test
    @Tag("code-4")
    void keepsTheUploadWhenTheDigestIsWrong() {
        Upload upload = Upload.start(http, repository).append(0, first).append(1000, second);

        upload.put(digest).send().expectError(400, "DIGEST_INVALID");
        assertThat(upload.range()).isEqualTo("0-1999");
        upload.put(digest).body(second).send().expectError(400, "DIGEST_INVALID");
        assertThat(upload.range()).isEqualTo("0-1999");

        upload.append(2000, third).finish(digest, blob);
    }

    @Test
    @Tag("code-4")
    void keepsTheUploadWhenTheDigestIsMissing() {
        Upload upload = Upload.start(http, repository).append(0, blob);

        http.put(upload.location()).send().expectError(400, "DIGEST_INVALID");
        http.put(upload.location() + "?digest=").send().expectError(400, "DIGEST_INVALID");
        http.put(upload.location() + "?digest=sha256:abc").send().expectError(400, "DIGEST_INVALID");

        upload.finish(digest, blob);
    }

    @Test
    void refusesAContentCoding() {
        Upload upload = Upload.start(http, repository).append(0, first);

        upload.patch().header("Content-Encoding", "gzip").body(second).send().expectError(415, "UNSUPPORTED");

        assertThat(upload.range()).isEqualTo("0-999");
    }
}
