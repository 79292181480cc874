package io.longshore.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.s3.S3Settings.Access;
import io.longshore.registry.storage.s3.S3Settings.Writing;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store finds out about itself when it opens, and says. */
class StartTest {
    private final S3Server server = S3Server.shared();
    private final String bucket = server.newBucket();
    private final FaultLine line = new FaultLine(server.port());

    @AfterEach
    void close() {
        line.close();
    }

    private S3Settings at(URI endpoint) {
        return server.settings(bucket, endpoint);
    }

    private static String refusal(S3Settings settings) {
        return refusalOf(settings).getMessage();
    }

    private static Throwable refusalOf(S3Settings settings) {
        try {
            S3BlobStore.open(settings, S3Server.LITTLE).close();
            throw new AssertionError("it opened");
        } catch (IOException e) {
            return e;
        }
    }

    @Test
    void leavesNothing() throws Exception {
        S3BlobStore.open(server.settings(bucket)).close();

        assertThat(server.client().listObjectsV2(request -> request.bucket(bucket)).contents()).isEmpty();
    }

    @Test
    void bucketThatIsNotThere() {
        assertThat(refusal(server.settings("nowhere")))
                .contains("bucket nowhere", server.endpoint().toString(), "no such bucket", "`bucket`");
    }

    @ParameterizedTest
    @CsvSource({"registry-key, wrong", "wrong, registry-secret"})
    void wrongKeys(String accessKey, String secretKey) {
        S3Settings usual = server.settings(bucket);
        S3Settings settings = new S3Settings(
                bucket, "", Optional.of(new S3Credentials(accessKey, secretKey, Optional.empty())),
                usual.access(), usual.writing(), usual.addressLifetime());

        assertThat(refusal(settings)).contains("keys", "`accesskey`", "`secretkey`").doesNotContain(secretKey);
    }

    @Test
    void endpointWhereNobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThat(refusal(at(URI.create("http://127.0.0.1:" + port))))
                .contains("cannot be reached", "127.0.0.1:" + port, "`regionendpoint`");
    }

    @Test
    void endpointThatSaysNothing() {
        line.fallSilent();

        assertThat(refusal(at(line.endpoint()))).contains("cannot be reached", "`regionendpoint`");
    }

    @Test
    void endpointThatDoesNotSpeakHttps() {
        assertThat(refusal(at(URI.create("https://127.0.0.1:" + server.port()))))
                .contains("does not speak HTTPS", "`secure`");
    }

    @ParameterizedTest
    @CsvSource({
        "301, PermanentRedirect, region",
        "400, AuthorizationHeaderMalformed, region",
        "403, RequestTimeTooSkewed, clocks",
        "403, AccessDenied, s3:PutObject",
        "403, ExpiredToken, sessiontoken",
        "503, SlowDown, 503 SlowDown"
    })
    void refusalOfTheStore(int status, String code, String advice) {
        line.answer(100, request -> true, status, code);

        assertThat(refusal(at(line.endpoint()))).contains(bucket, line.endpoint().toString(), advice);
    }

    @Test
    void clockThatIsWrong() {
        line.setClock(Instant.now().plusSeconds(3600));

        assertThat(refusal(at(line.endpoint()))).contains("clocks", "network time protocol", "there.");
    }

    @Test
    void regionOfTheBucketIsSaid() throws Exception {
        try (Stub stub = new Stub(301, "PermanentRedirect", "x-amz-bucket-region", "mars-1")) {
            assertThat(refusal(at(stub.endpoint())))
                    .contains("not in the region " + S3Server.REGION, "It is in mars-1", "`region`");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET ", "DELETE ", "PUT ", "HEAD "})
    void everyRightIsTried(String method) {
        line.answer(100, request -> request.startsWith(method), 403, "AccessDenied");

        assertThat(refusal(at(line.endpoint()))).contains("They need s3:GetObject");
    }

    @Test
    void noMessageAndNoTextHoldsASecret() {
        S3Settings settings = new S3Settings(
                "nowhere", "", Optional.of(new S3Credentials("the-key", "the-secret", Optional.of("the-token"))),
                Access.of(S3Server.REGION, line.endpoint()),
                Writing.inChunksOf(S3Server.CHUNK_BYTES), Duration.ofMinutes(20));
        StringWriter trace = new StringWriter();
        refusalOf(settings).printStackTrace(new PrintWriter(trace));

        assertThat(trace.toString()).doesNotContain("the-secret", "the-token");
        assertThat(settings.toString()).doesNotContain("the-key", "the-secret", "the-token");
    }

    @ParameterizedTest
    @CsvSource({"501, NotImplemented", "400, InvalidArgument"})
    void storeThatDoesNotCompareBeforeItWritesIsNotAskedTo(int status, String code) throws Exception {
        Content content = Content.random(1000);
        int[] puts = {0};
        line.answer(1, request -> request.startsWith("PUT ") && ++puts[0] == 2, status, code);
        try (S3BlobStore store = S3BlobStore.open(at(line.endpoint()), S3Server.LITTLE)) {
            var id = Blobs.stage(store, content.part(0, 500));
            Stage one = store.resume(id, 500);
            Stage two = store.resume(id, 500);
            one.write(content.part(500, 1000).buffer());
            two.write(content.part(500, 1000).buffer());
            one.close();
            two.close();
            Blobs.assertStage(store, id, content);
        }
    }

    @Test
    void settingsThatCannotBe() {
        assertThatThrownBy(() -> server.settings(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Writing.inChunksOf(S3Settings.LEAST_CHUNK_BYTES - 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Writing.inChunksOf(S3Settings.MOST_CHUNK_BYTES + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Writing(
                        S3Server.CHUNK_BYTES, 0, Optional.empty(), Optional.empty(), false, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Gives every request the same answer. */
    private static final class Stub implements AutoCloseable {
        private final HttpServer http;

        Stub(int status, String code, String header, String value) throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/", exchange -> {
                byte[] body = ("<Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().put(header, List.of(value));
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            http.start();
        }

        URI endpoint() {
            return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
