package io.longshore.registry.web.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.config.HostPort;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebugServerTest {
    private static final HostPort FREE = HostPort.parse("127.0.0.1:0");
    private static final String TYPE = "text/plain; charset=utf-8";

    private final AtomicInteger made = new AtomicInteger();
    private DebugServer server;

    @BeforeEach
    void start() {
        server = DebugServer.start(FREE, Map.of(
                "/count", new Page(TYPE, () -> "größer als " + made.getAndIncrement()),
                "/broken", new Page(TYPE, () -> {
                    throw new IllegalStateException("something with a secret");
                })));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void servesAPageAnewEachTime() throws Exception {
        assertThat(send("GET", "/count").body()).isEqualTo("größer als 0");
        HttpResponse<String> second = send("GET", "/count?whatever");

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo("größer als 1");
        assertThat(second.headers().firstValue("Content-Type")).contains(TYPE);
        assertThat(second.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void saysHowLongAPageIs() throws Exception {
        HttpResponse<String> head = send("HEAD", "/count");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length")).contains("14");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v2/", "/api/v1/webhooks", "/count/", "/counted"})
    void servesNothingElse(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "TRACE"})
    void isForReadingAlone(String method) throws Exception {
        HttpResponse<String> answer = send(method, "/count");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(made).hasValue(0);
    }

    @Test
    void saysNothingOfWhatWentWrong() throws Exception {
        HttpResponse<String> answer = send("GET", "/broken");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEmpty();
        assertThat(send("GET", "/count").statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhichAddressCannotBeListenedOn() {
        HostPort taken = HostPort.parse("127.0.0.1:" + server.port());

        assertThatThrownBy(() -> DebugServer.start(taken, Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("http.debug.addr: cannot listen on 127.0.0.1:" + server.port() + ": ");
    }

    @Test
    void listensNoMoreWhenItIsClosed() throws Exception {
        send("GET", "/count");
        server.close();

        assertThatThrownBy(() -> send("GET", "/count")).isInstanceOf(ConnectException.class);
    }
}
