package io.longshore.registry.web.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MultipartRangesTest {
    private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);

    @Test
    void writesEachPartBehindAHeadAndAnEndBehindTheLast() throws IOException {
        MultipartRanges multipart = MultipartRanges.of(
                List.of(new ByteRange(0, 1), new ByteRange(8, 8)), CONTENT.length, "application/octet-stream");
        assertThat(multipart.mediaType()).startsWith("multipart/byteranges; boundary=");
        String boundary = multipart.mediaType().substring(multipart.mediaType().indexOf('=') + 1);

        assertThat(written(multipart))
                .isEqualTo("\r\n--" + boundary + "\r\n"
                        + "Content-Type: application/octet-stream\r\n"
                        + "Content-Range: bytes 0-1/10\r\n\r\n"
                        + "01\r\n--" + boundary + "\r\n"
                        + "Content-Type: application/octet-stream\r\n"
                        + "Content-Range: bytes 8-8/10\r\n\r\n"
                        + "8\r\n--" + boundary + "--\r\n");
    }

    @Test
    void separatesThePartsOfEachReplyInItsOwnWay() {
        List<ByteRange> parts = List.of(new ByteRange(0, 1), new ByteRange(3, 4));

        assertThat(MultipartRanges.of(parts, 10, "a/b").mediaType())
                .isNotEqualTo(MultipartRanges.of(parts, 10, "a/b").mediaType());
    }

    @Property(tries = 200)
    void announcesExactlyWhatItWrites(@ForAll @Size(min = 1, max = 16) List<@IntRange(max = 9) Integer> starts)
            throws IOException {
        List<ByteRange> parts =
                starts.stream().map(start -> new ByteRange(start, 9)).toList();
        MultipartRanges multipart = MultipartRanges.of(parts, CONTENT.length, "a/b");

        assertThat(written(multipart)).hasSize(Math.toIntExact(multipart.sizeBytes()));
    }

    private static String written(MultipartRanges multipart) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        multipart.write(out, part -> out.write(CONTENT, (int) part.start(), (int) part.sizeBytes()));
        return out.toString(StandardCharsets.US_ASCII);
    }
}
