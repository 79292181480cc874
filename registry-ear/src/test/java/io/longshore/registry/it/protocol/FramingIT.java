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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections: what they carry one after the other, and what ends them. */
@ExtendWith(RegistryExtension.class)
class FramingIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "framing");

    /** The location of an upload that never began. */
    private String noUpload() {
        return repository.uploads() + UUID.randomUUID();
    }

    @Test
    void answersManyRequestsOnOneConnection() throws Exception {
        byte[] blob = TestContent.bytes(1000);
        Digest digest = repository.push(blob);
        try (RawConnection connection = http.connect()) {
            for (int i = 0; i < 50; i++) {
                connection.sendHead("GET " + repository.blob(digest) + " HTTP/1.1", "Host: x");
                assertThat(connection.read("GET").expect(200).body()).isEqualTo(blob);
                connection.sendHead("GET " + repository.blob(TestContent.unknownDigest()) + " HTTP/1.1", "Host: x");
                connection.read("GET").expectError(404, "BLOB_UNKNOWN");
            }
        }
    }

    @Test
    void answersRequestsThatComeBeforeTheRepliesAreRead() throws Exception {
        try (RawConnection connection = http.connect()) {
            for (int i = 0; i < 20; i++) {
                connection.sendHead("GET /v2/ HTTP/1.1", "Host: x");
                connection.sendHead("HEAD " + repository.manifest("v1") + " HTTP/1.1", "Host: x");
            }
            for (int i = 0; i < 20; i++) {
                connection.read("GET").expect(200);
                connection.read("HEAD").expect(404);
            }
        }
    }

    /** A refusal comes before the body is read; the rest of the body must not be taken for the next request. */
    @ParameterizedTest
    @ValueSource(ints = {10, 20_000, 1_000_000})
    void goesOnBehindABodyThatItDidNotRead(int size) throws Exception {
        byte[] body = new byte[size];
        Arrays.fill(body, (byte) 'x');
        String[] targets = {
            "PUT /v2/UPPER/manifests/v1",
            "POST " + repository.path("tags/list"),
            "PATCH " + noUpload(),
            "PUT " + noUpload() + "?digest=" + TestContent.unknownDigest(),
            "POST " + repository.uploads() + "?digest=wrong",
            "GET " + repository.blob(TestContent.unknownDigest()),
            "DELETE " + repository.manifest("v1")
        };
        for (String target : targets) {
            try (RawConnection connection = http.connect()) {
                connection.sendHead(target + " HTTP/1.1", "Host: x", "Content-Length: " + size).send(body);
                connection.sendHead("GET /v2/ HTTP/1.1", "Host: x");

                assertThat(connection.read(target.substring(0, 4).strip()).status()).as(target).isBetween(400, 405);
                connection.read("GET").expect(200);
            }
        }
    }

    @Test
    void answersARefusalBeforeTheBodyHasCome() throws Exception {
        int size = 32 << 20;
        try (RawConnection connection = http.connect()) {
            connection.sendHead("PUT /v2/UPPER/manifests/v1 HTTP/1.1", "Host: x", "Content-Length: " + size);

            connection.read("PUT").expectError(400, "NAME_INVALID");

            connection.send(new byte[size]).sendHead("GET /v2/ HTTP/1.1", "Host: x");
            connection.read("GET").expect(200);
        }
    }

    @Test
    void asksForABodyOnlyIfItWantsIt() throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.sendHead(
                    "PATCH " + noUpload() + " HTTP/1.1",
                    "Host: x",
                    "Content-Length: 1000",
                    "Expect: 100-continue");

            connection.read("PATCH").expectError(404, "BLOB_UPLOAD_UNKNOWN");
            assertThat(connection.isClosedByServer()).isTrue();
        }
        try (RawConnection connection = http.connect()) {
            connection.sendHead(
                    "PATCH " + repository.startUpload() + " HTTP/1.1",
                    "Host: x",
                    "Content-Length: 1000",
                    "Expect: 100-continue");

            connection.read("PATCH").expect(100);
            connection.send(new byte[1000]);
            connection.read("PATCH").expect(202);
        }
    }

    @Test
    void speaksTheOldVersionOfTheProtocolToo() throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.sendHead("GET /v2/ HTTP/1.0");

            assertThat(connection.read("GET").expect(200).text()).isEqualTo("{}");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void closesAConnectionOnRequest() throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.sendHead("GET /v2/ HTTP/1.1", "Host: x", "Connection: close");

            connection.read("GET").expect(200);
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v2/ HTTP/1.1\r\n\r\n",
                "GET /v2/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET http://y/v2/ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /v2/ HTTP/3.0\r\nHost: x\r\n\r\n",
                "GET /v2/\r\n\r\n",
                "\0\1\2\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "PUT /v2/a/manifests/v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "PUT /v2/a/manifests/v1 HTTP/1.1\r\nHost: x\r\nContent-Length: -3\r\n\r\nabcd",
                "PUT /v2/a/manifests/v1 HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\nabcd",
                "PUT /v2/a/manifests/v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void endsAConnectionThatDoesNotSpeakTheProtocol(String request) throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.send(request);

            Reply reply = connection.read("GET").expect(400);
            assertThat(reply.body()).isEmpty();
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 99999999999999999999999, 413, SIZE_INVALID",
        "Transfer-Encoding: xchunked, 400, UNSUPPORTED",
        "Transfer-Encoding: chunked; q=1, 400, UNSUPPORTED"
    })
    void refusesABodyOfWhichItDoesNotKnowTheEnd(String header, int status, String code) throws Exception {
        try (RawConnection connection = http.connect()) {
            connection.sendHead("PUT " + repository.manifest("v1") + " HTTP/1.1", "Host: x", header);

            connection.read("PUT").expectError(status, code);
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    @Tag("end-6")
    void takesABlobInChunksOfEverySize() throws Exception {
        byte[] blob = TestContent.bytes(200_000);
        Upload upload = Upload.start(http, repository);
        try (RawConnection connection = http.connect()) {
            connection.sendHead("PATCH " + upload.location() + " HTTP/1.1", "Host: x", "Transfer-Encoding: chunked");
            int start = 0;
            for (int size = 1; start < blob.length; size = size * 3) {
                int end = Math.min(blob.length, start + size);
                connection.sendChunk(Arrays.copyOfRange(blob, start, end));
                start = end;
            }
            connection.sendLastChunk();
            upload.take(connection.read("PATCH").expect(202));
        }

        upload.finish(TestContent.sha256(blob), blob);
    }
}
