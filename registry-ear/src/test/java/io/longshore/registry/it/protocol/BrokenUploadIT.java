package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that go away, stall, and send other than they say: the upload stays where it was, and goes on. */
@ExtendWith(RegistryExtension.class)
@Tag("end-5")
@Tag("end-6")
class BrokenUploadIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "broken-upload");
    private final byte[] blob = TestContent.bytes(3_000_000);
    private final byte[] first = Arrays.copyOf(blob, 1_000_000);
    private final byte[] rest = Arrays.copyOfRange(blob, 1_000_000, 3_000_000);
    private final byte[] half = Arrays.copyOf(rest, 1_000_000);
    private final Digest digest = TestContent.sha256(blob);
    private final Upload upload = Upload.start(http, repository).append(0, first);

    /** Sends a head, and returns when the registry has begun to read the body. */
    private RawConnection sendHead(String method, String target, String... more) throws IOException {
        RawConnection connection = http.connect();
        connection.send(method + " " + target + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n");
        connection.sendHead(more).read(method).expect(100);
        return connection;
    }

    private void goesOnAfter(String range) {
        assertThat(upload.range()).isEqualTo(range);
        upload.append(1_000_000, rest).finish(digest, blob);
    }

    @Test
    void goesOnAfterAConnectionThatWasReset() throws Exception {
        try (RawConnection connection = sendHead("PATCH", upload.location(), "Content-Length: " + rest.length)) {
            connection.send(half).reset();
        }

        goesOnAfter("0-999999");
    }

    @Test
    @Tag("code-10")
    void answersAClientThatStopsSendingTooEarly() throws Exception {
        try (RawConnection connection = sendHead("PATCH", upload.location(), "Content-Length: " + rest.length)) {
            connection.send(half).endOutput();

            connection.read("PATCH").expectError(400, "SIZE_INVALID");
            assertThat(connection.isClosedByServer()).isTrue();
        }

        goesOnAfter("0-999999");
    }

    @Test
    void goesOnAfterChunkedCodingWithoutItsEnd() throws Exception {
        try (RawConnection connection = sendHead("PATCH", upload.location(), "Transfer-Encoding: chunked")) {
            connection.sendChunk(half).endOutput().awaitEnd();
        }

        goesOnAfter("0-999999");
    }

    @Test
    void goesOnAfterChunkedCodingThatBreaksOff() throws Exception {
        try (RawConnection connection = sendHead("PATCH", upload.location(), "Transfer-Encoding: chunked")) {
            connection.sendChunk(half).reset();
        }

        goesOnAfter("0-999999");
    }

    @Test
    void goesOnWhileTheOldRequestStillHangs() throws Exception {
        try (RawConnection stalled = sendHead("PATCH", upload.location(), "Content-Length: " + rest.length)) {
            stalled.send(half);

            goesOnAfter("0-999999");

            stalled.send(Arrays.copyOfRange(rest, 1_000_000, 2_000_000));
            assertThat(stalled.read("PATCH").status()).isIn(404, 409);
        }
    }

    @Test
    void goesOnAfterAClosingRequestThatWasReset() throws Exception {
        String closing = upload.location() + "?digest=" + digest;
        try (RawConnection connection = sendHead("PUT", closing, "Content-Length: " + rest.length)) {
            connection.send(half).reset();
        }

        goesOnAfter("0-999999");
    }

    @Test
    void forgetsAWholeBlobThatBreaksOff() throws Exception {
        String target = repository.uploads() + "?digest=" + digest;
        try (RawConnection connection = sendHead("POST", target, "Content-Length: " + blob.length)) {
            connection.send(half).reset();
        }

        http.get(repository.blob(digest)).send().expectError(404, "BLOB_UNKNOWN");
        repository.push(blob, digest);
    }

    @Test
    void takesWhatFollowsABodyForTheNextRequest() throws Exception {
        try (RawConnection connection = sendHead("PATCH", upload.location(), "Content-Length: 1000")) {
            connection.send(Arrays.copyOf(rest, 1000)).sendHead("GET /v2/ HTTP/1.1", "Host: x");

            assertThat(connection.read("PATCH").expect(202).header("Range")).isEqualTo("0-1000999");
            assertThat(connection.read("GET").expect(200).text()).isEqualTo("{}");
        }
    }

    @Test
    void refusesTheRestOfABodyLongerThanAnnounced() throws Exception {
        try (RawConnection connection = sendHead("PATCH", upload.location(), "Content-Length: 1000")) {
            connection.send(Arrays.copyOf(rest, 1000)).send("\0\0\0\0\r\n\r\n");

            assertThat(connection.read("PATCH").expect(202).header("Range")).isEqualTo("0-1000999");
            assertThat(connection.read("?").expect(400).body()).isEmpty();
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void refusesABodyShorterThanItsRange() throws Exception {
        try (RawConnection connection = sendHead(
                "PATCH", upload.location(), "Content-Range: 1000000-2999999", "Transfer-Encoding: chunked")) {
            connection.sendChunk(half).sendLastChunk();

            connection.read("PATCH").expectError(400, "SIZE_INVALID");
        }

        goesOnAfter("0-999999");
    }

    @Test
    void readsAChunkThatComesInDribs() throws Exception {
        try (RawConnection connection = sendHead("PATCH", upload.location(), "Transfer-Encoding: chunked")) {
            for (int i = 0; i < 100; i++) {
                connection.sendChunk(Arrays.copyOfRange(rest, i * 7, i * 7 + 7));
            }
            connection.sendLastChunk();

            assertThat(connection.read("PATCH").expect(202).header("Range")).isEqualTo("0-1000699");
        }
    }
}
