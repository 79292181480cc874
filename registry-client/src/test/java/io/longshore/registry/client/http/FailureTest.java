package io.longshore.registry.client.http;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.client.http.TestServer.Reply;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RegistryException.Kind;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
    private final TestServer server = new TestServer();
    private final Transport transport = new TestTransport().plain();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID", "401, UNAUTHENTICATED", "403, DENIED", "404, NOT_FOUND", "405, NOT_ALLOWED", "409, CONFLICT",
        "413, TOO_LARGE", "414, URI_TOO_LONG", "415, UNSUPPORTED_MEDIA_TYPE", "416, RANGE_NOT_SATISFIABLE",
        "422, INVALID", "429, TOO_MANY_REQUESTS", "431, HEADERS_TOO_LARGE", "503, UNAVAILABLE"
    })
    void isOfTheKindThatTheStatusSays(int status, Kind kind) throws IOException {
        assertThat(failure(error(status, "X", "y")).kind()).isEqualTo(kind);
    }

    @Test
    void hasAllErrorsOfTheBody() throws IOException {
        RegistryException failure = failure(body(404, "{\"more\":[1,{}],\"errors\":["
                + "{\"code\":\"BLOB_UNKNOWN\",\"message\":\"no such blob\",\"detail\":{\"digest\":[\"d\"]}},"
                + "{\"code\":\"HOUSE_RULE\",\"message\":\"not today\",\"detail\":null,\"x\":[]},{},7]}"));

        assertThat(failure.errors()).containsExactly(
                new RegistryException.Error(ErrorCode.BLOB_UNKNOWN, "no such blob", "{\"digest\":[\"d\"]}"),
                new RegistryException.Error(ErrorCode.UNKNOWN, "HOUSE_RULE: not today", ""),
                new RegistryException.Error(ErrorCode.UNKNOWN, "refused", ""));
    }

    @Test
    void saysWhatWasAskedIfThereIsNoBody() throws IOException {
        RegistryException failure = failure(status(404));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessage("GET " + server.uri("/v2/") + ": 404");
    }

    @Test
    void keepsTheChallenge() throws IOException {
        RegistryException failure = failure(body(401, "<html>").with("WWW-Authenticate", "Basic realm=\"x\""));

        assertThat(failure).isInstanceOfSatisfying(
                RegistryException.Unauthenticated.class,
                refusal -> assertThat(refusal.challenge()).isEqualTo("Basic realm=\"x\""));
    }

    @Test
    void keepsHowLongToWait() throws IOException {
        RegistryException failure = failure(error(429, "TOOMANYREQUESTS", "slowly").with("Retry-After", "90"));

        assertThat(failure).isInstanceOfSatisfying(
                RegistryException.TooManyRequests.class,
                refusal -> assertThat(refusal.retryAfterSeconds()).isEqualTo(90));
    }

    @Test
    void isNoRefusalOfARegistryIfItIsNotWrittenAsOne() {
        for (Reply reply : new Reply[] {
            body(404, "<html>"), body(400, "{\"errors\":"), body(400, "{\"errors\":[]}"), body(502, "<html>"),
            status(500), status(302), error(500, "UNKNOWN", "on fire")
        }) {
            assertThatIOException()
                    .isThrownBy(() -> failure(reply))
                    .withMessageStartingWith("GET " + server.uri("/v2/") + ": ")
                    .withMessageNotContaining("s3cret");
        }
    }

    private RegistryException failure(Reply reply) throws IOException {
        server.then(reply);
        return Failure.of(transport.send(Request.of("GET", server.uri("/v2/?x=s3cret")).once()));
    }
}
