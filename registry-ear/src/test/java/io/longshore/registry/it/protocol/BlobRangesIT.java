package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of blobs (RFC 9110, section 14). */
@ExtendWith(RegistryExtension.class)
@Tag("end-2")
class BlobRangesIT {
    private static final int SIZE = 300_000;

    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "ranges");
    private final byte[] blob = TestContent.bytes(SIZE);
    private final Digest digest = repository.push(blob);

    private Reply get(String range) {
        return http.get(repository.blob(digest)).header("Range", range).send();
    }

    @ParameterizedTest
    @CsvSource({
        "0-0, 0, 0",
        "0-299999, 0, 299999",
        "100-199, 100, 199",
        "1-, 1, 299999",
        "299999-, 299999, 299999",
        "-1, 299999, 299999",
        "-300000, 0, 299999",
        "-999999, 0, 299999",
        "299000-999999, 299000, 299999",
        "5-99999999999999999999999, 5, 299999"
    })
    void servesOnePart(String range, int first, int last) {
        Reply reply = get("bytes=" + range).expect(206);

        assertThat(reply.header("Content-Range")).isEqualTo("bytes " + first + "-" + last + "/" + SIZE);
        assertThat(reply.contentLength()).isEqualTo(last - first + 1);
        assertThat(reply.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(digest.toString());
        assertThat(reply.header("ETag")).isEqualTo("\"" + digest + "\"");
        assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(blob, first, last + 1));
    }

    @Test
    void servesSeveralPartsInOneBody() {
        Reply reply = get("bytes=0-9, 1000-1999,-5").expect(206);

        String type = reply.header("Content-Type");
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        String boundary = type.substring(type.indexOf('=') + 1);
        assertThat(reply.contentLength()).isEqualTo(reply.body().length);
        assertThat(reply.headers()).doesNotContainKey("Content-Range");
        String expected = part(boundary, 0, 9) + part(boundary, 1000, 1999) + part(boundary, SIZE - 5, SIZE - 1)
                + "\r\n--" + boundary + "--\r\n";
        assertThat(new String(reply.body(), StandardCharsets.ISO_8859_1)).isEqualTo(expected);
    }

    private String part(String boundary, int first, int last) {
        return "\r\n--" + boundary + "\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes " + first + "-"
                + last + "/" + SIZE + "\r\n\r\n"
                + new String(blob, first, last - first + 1, StandardCharsets.ISO_8859_1);
    }

    @Test
    void leavesOutThePartsThatAreNotThere() {
        Reply reply = get("bytes=300000-,7-8,999999-1000000").expect(206);

        assertThat(reply.header("Content-Range")).isEqualTo("bytes 7-8/" + SIZE);
    }

    @Test
    void joinsPartsThatOverlap() {
        Reply reply = get("bytes=10-19,0-12").expect(206);

        assertThat(reply.header("Content-Range")).isEqualTo("bytes 0-19/" + SIZE);
        assertThat(reply.body()).isEqualTo(Arrays.copyOf(blob, 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=300000-", "bytes=300000-300001", "bytes=999999999999999999999-", "bytes=-0", "bytes=9-3"})
    void refusesAPartThatIsNotThere(String range) {
        Reply reply = get(range).expectError(416, "RANGE_INVALID");

        assertThat(reply.header("Content-Range")).isEqualTo("bytes */" + SIZE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=a-b", "bytes", "bytes=", "chunks=0-1", "0-1", "bytes=--1", "bytes=1-2-3", "bytes = 0-1"})
    void ignoresARangeThatItDoesNotUnderstand(String range) {
        assertThat(get(range).expect(200).body()).isEqualTo(blob);
    }

    @Test
    void servesTheWholeWhereTooManyPartsAreAskedFor() {
        assertThat(get("bytes=" + "0-0,2-2,".repeat(50) + "4-4").expect(200).body()).isEqualTo(blob);
    }

    @Test
    void servesTheWholeOfTheEmptyBlob() {
        Digest empty = repository.push(new byte[0]);

        for (String range : new String[] {"bytes=0-0", "bytes=0-", "bytes=-1"}) {
            Reply reply = http.get(repository.blob(empty)).header("Range", range).send().expect(200);
            assertThat(reply.body()).isEmpty();
        }
    }

    @Test
    void servesThePartOnlyOfTheBlobThatTheClientKnows() {
        String known = "\"" + digest + "\"";
        Request request = http.get(repository.blob(digest)).header("Range", "bytes=0-9");
        assertThat(request.header("If-Range", known).send().expect(206).body()).hasSize(10);

        Request other = http.get(repository.blob(digest)).header("Range", "bytes=0-9");
        assertThat(other.header("If-Range", "\"other\"").send().expect(200).body()).hasSize(SIZE);
    }

    @Test
    void ignoresARangeOfHead() {
        Reply reply = http.head(repository.blob(digest)).header("Range", "bytes=0-9").send().expect(200);

        assertThat(reply.contentLength()).isEqualTo(SIZE);
    }

    @Test
    void answersTheKnownTagBeforeTheRange() {
        http.get(repository.blob(digest))
                .header("Range", "bytes=0-9")
                .header("If-None-Match", "\"" + digest + "\"")
                .send()
                .expect(304);
    }
}
