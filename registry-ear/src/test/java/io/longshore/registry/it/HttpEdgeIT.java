package io.longshore.registry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RawConnection.Reply;
import java.io.IOException;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the built server makes of requests that are refused, interrupted or odd, byte for byte. */
@ExtendWith(RegistryExtension.class)
class HttpEdgeIT {
    private static final int BODY_BYTES = 32 * 1024 * 1024;

    private final RegistryServer server;

    HttpEdgeIT(RegistryServer server) {
        this.server = server;
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("/v2/a/nothing/here", 404, "UNSUPPORTED"),
                refusal("/v2/a/tags/list", 404, "NAME_UNKNOWN"),
                refusal("/v2/A/tags/list", 400, "NAME_INVALID"),
                refusal("/v2//a/tags/list", 400, "NAME_INVALID"),
                refusal("/v2/a/../b/tags/list", 400, "NAME_INVALID"),
                refusal("/v2/a%2F..%2Fb/tags/list", 400, "NAME_INVALID"),
                refusal("/v2/a;b=c/tags/list", 400, "NAME_INVALID"),
                refusal("/v2/a%00/tags/list", 400, "NAME_INVALID"),
                refusal("/v2/a%zz/tags/list", 400, "NAME_INVALID"),
                refusal("/v2/%FF/tags/list", 400, "NAME_INVALID"),
                refusal("/v2/a\\b/tags/list", 400, "NAME_INVALID"),
                refusal("/v2/a{b}/tags/list", 400, "NAME_INVALID"),
                refusal("/v2/caf\u00e9/tags/list", 400, "NAME_INVALID"),
                refusal("/v2/_catalog?last=%", 400, "UNSUPPORTED"),
                refusal("/v2/_catalog?n=-1", 400, "PAGINATION_NUMBER_INVALID"),
                refusal("/v2/" + "a".repeat(20_000), 414, "NAME_INVALID"),
                refusal("/v2/a/blobs/sha256:1", 400, "DIGEST_INVALID"));
    }

    private static Arguments refusal(String path, int status, String code) {
        return Arguments.of(path, status, code);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWithTheErrorBodyAndKeepsTheConnection(String path, int status, String code) throws IOException {
        try (RawConnection connection = connect()) {
            assertRefusal(connection.exchange("GET " + path), status, code);
            assertUsable(connection);
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesHeadWithTheStatusAlone(String path, int status) throws IOException {
        try (RawConnection connection = connect()) {
            Reply reply = connection.exchange("HEAD " + path);

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.headers())
                    .containsEntry("Docker-Distribution-Api-Version", "registry/2.0")
                    .satisfies(headers -> assertThat(headers.getOrDefault("Content-Length", "0"))
                            .isEqualTo("0"));
            assertUsable(connection);
        }
    }

    @ParameterizedTest
    @CsvSource({"POST, /v2/", "TRACE, /v2/", "BREW, /v2/_catalog", "PATCH, /v2/a/manifests/b"})
    void refusesAMethodAndNamesThoseItKnows(String method, String path) throws IOException {
        try (RawConnection connection = connect()) {
            Reply reply = connection.exchange(method + ' ' + path);

            assertRefusal(reply, 405, "UNSUPPORTED");
            assertThat(reply.headers().get("Allow")).contains("GET");
        }
    }

    @Test
    void refusesHeadersThatAreTooLarge() throws IOException {
        try (RawConnection connection = connect()) {
            assertRefusal(connection.exchange("GET /v2/", "X-Large: " + "x".repeat(100_000)), 431, "UNSUPPORTED");
            assertUsable(connection);
        }
    }

    @Test
    void refusesABodyThatIsCoded() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("PUT /v2/a/manifests/b", "Content-Encoding: gzip", "Content-Length: 3");
            connection.write(new byte[3]);

            assertRefusal(connection.receive(false), 415, "UNSUPPORTED");
            assertUsable(connection);
        }
    }

    @Test
    void answersTheVersionCheckWithAndWithoutASlash() throws IOException {
        try (RawConnection connection = connect()) {
            assertThat(connection.exchange("GET /v2").body()).isEqualTo("{}");
            assertThat(connection.exchange("GET /v2/").body()).isEqualTo("{}");
        }
    }

    @Test
    void answersBeforeTheBodyHasComeAndGoesOnBehindIt() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("PATCH " + noUpload(), "Content-Length: " + BODY_BYTES);

            // The client has sent nothing of the body yet, and need not, to hear that it is in vain.
            assertRefusal(connection.receive(false), 404, "BLOB_UPLOAD_UNKNOWN");

            connection.write(new byte[BODY_BYTES]);
            assertUsable(connection);
        }
    }

    @Test
    void refusesTheBodyOfAClientThatWaitsForLeaveToSendIt() throws IOException {
        try (RawConnection connection = connect()) {
            Reply reply = connection.exchange(
                    "PATCH " + noUpload(), "Content-Length: " + BODY_BYTES, "Expect: 100-continue");

            assertRefusal(reply, 404, "BLOB_UPLOAD_UNKNOWN");
            assertThat(connection.isEnded()).isTrue();
        }
    }

    @Test
    void refusesABodyThatEndsEarlyAndKeepsTheUpload() throws IOException {
        String upload;
        try (RawConnection connection = connect()) {
            Reply started = connection.exchange("POST /v2/edge/blobs/uploads/", "Content-Length: 0");
            assertThat(started.status()).isEqualTo(202);
            upload = started.headers().get("Location");

            connection.send("PATCH " + upload, "Content-Length: 100");
            connection.write(new byte[10]);
            connection.endOutput();

            assertRefusal(connection.receive(false), 400, "SIZE_INVALID");
        }
        try (RawConnection connection = connect()) {
            assertThat(connection.exchange("GET " + upload).status()).isEqualTo(204);
        }
    }

    @Test
    void showsNoPageOfTheServerOutsideTheApi() throws IOException {
        try (RawConnection connection = connect()) {
            Reply reply = connection.exchange("GET /nothing/here");

            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.headers()).containsEntry("Content-Type", "text/plain");
            assertThat(reply.body()).isEqualTo("Error 404\n");
        }
    }

    private RawConnection connect() throws IOException {
        return new RawConnection(server.uri());
    }

    private static String noUpload() {
        return "/v2/edge/blobs/uploads/" + UUID.randomUUID();
    }

    private static void assertRefusal(Reply reply, int status, String code) {
        assertThat(reply.body()).startsWith("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.headers())
                .containsEntry("Docker-Distribution-Api-Version", "registry/2.0")
                .containsEntry("Content-Type", "application/json");
    }

    private static void assertUsable(RawConnection connection) throws IOException {
        assertThat(connection.exchange("GET /v2/").body()).isEqualTo("{}");
    }
}
