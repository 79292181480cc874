package io.longshore.registry.notification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.longshore.registry.notification.Answer;
import io.longshore.registry.notification.Endpoint;
import io.longshore.registry.notification.Event;
import io.longshore.registry.model.EventAction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSenderTest {
    private static final TargetRules ANYWHERE = new TargetRules(true, true, List.of());
    private static final String KEY = Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes());

    private final HttpSender sender = new HttpSender(ANYWHERE, "1.2.3");
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private volatile Replying replying = exchange -> exchange.sendResponseHeaders(204, -1);

    HttpSenderTest() throws IOException {}

    private record Received(String method, URI target, Headers headers, byte[] body, int port) {}

    @FunctionalInterface
    private interface Replying {
        void reply(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            try (exchange) {
                received.add(new Received(
                        exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(),
                        exchange.getRequestBody().readAllBytes(), exchange.getRemoteAddress().getPort()));
                replying.reply(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        sender.close();
        server.stop(0);
    }

    private Endpoints endpoint() {
        return Endpoints.to(url("/hook?a=b%20c"));
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private Answer send(Endpoint endpoint, Event... events) throws Exception {
        return sender.send(endpoint, List.of(events)).get();
    }

    private void reply(int status, String body) {
        replying = exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    @ParameterizedTest
    @EnumSource
    void sendsEachKindOfEventInBothFormats(EventAction action) throws Exception {
        Event event = action == EventAction.PING ? Events.ping() : Events.of(action);

        assertThat(send(endpoint().make(), event).isReceived()).isTrue();
        Received first = received.take();
        assertThat(send(endpoint().cloudEvents(1).make(), event).isReceived()).isTrue();
        Received second = received.take();

        assertThat(first.body()).isEqualTo(DistributionBody.of(List.of(event), true));
        assertThat(first.headers().getFirst("Content-Type"))
                .isEqualTo("application/vnd.docker.distribution.events.v2+json");
        assertThat(second.body()).isEqualTo(CloudEventBody.of(event, true));
        assertThat(second.headers().getFirst("Content-Type")).isEqualTo("application/cloudevents+json");
    }

    @Test
    void sendsWhatAReceiverOfDistributionReads() throws Exception {
        send(endpoint().make(), Events.of(EventAction.TAG_DELETE));

        assertThat(new String(received.take().body(), StandardCharsets.UTF_8)).isEqualTo(("{'events':[{'id':'"
                + Events.ID + "','timestamp':'2025-03-04T05:06:07.123456789Z','action':'delete','target':{"
                + "'repository':'team/app','tag':'v1'},'request':{'id':'r-1','addr':'192.0.2.7',"
                + "'host':'registry.example.com','method':'PUT','useragent':'docker/27.1'},'actor':{'name':'alice'},"
                + "'source':{'addr':'node1:5000','instanceID':'" + Events.INSTANCE + "'}}]}").replace('\'', '"'));
    }

    @Test
    void sendsBatchesOfCloudEvents() throws Exception {
        Event other = Events.ping(UUID.randomUUID());
        send(endpoint().cloudEvents(2).make(), Events.ping(), other);
        Received both = received.take();
        send(endpoint().cloudEvents(2).make(), other);
        Received one = received.take();

        assertThat(both.headers().getFirst("Content-Type")).isEqualTo("application/cloudevents-batch+json");
        assertThat(both.body()).isEqualTo(CloudEventBody.batchOf(List.of(Events.ping(), other), true));
        assertThat(one.headers().getFirst("Content-Type")).isEqualTo("application/cloudevents-batch+json");
    }

    @Test
    void saysWhoItIsAndNothingMoreThanItMust() throws Exception {
        send(endpoint().make(), Events.ping());
        Received request = received.take();

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo(URI.create("/hook?a=b%20c"));
        assertThat(request.headers().getFirst("User-Agent")).isEqualTo("longshore/1.2.3");
        assertThat(request.headers().getFirst("Host")).isEqualTo("127.0.0.1:" + server.getAddress().getPort());
        assertThat(request.headers().keySet())
                .isSubsetOf("Content-type", "Content-length", "User-agent", "Host", "Webhook-id", "Webhook-timestamp",
                        "Connection");
    }

    @ParameterizedTest
    @CsvSource({"'', /", "/, /", "?a=b, /?a=b", "/\u00E4, /%C3%A4", "/a//b/../c;d, /a//b/../c;d"})
    void asksForWhatTheUrlSays(String given, String target) throws Exception {
        send(Endpoints.to(url(given)).make(), Events.ping());

        assertThat(received.take().target()).hasToString(target);
    }

    @Test
    void addsTheHeadersOfTheEndpoint() throws Exception {
        send(endpoint().header("Authorization", "Bearer abc").header("X-Many", "1", "2").make(), Events.ping());
        Headers headers = received.take().headers();

        assertThat(headers.get("Authorization")).containsExactly("Bearer abc");
        assertThat(headers.get("X-Many")).containsExactly("1", "2");
    }

    @Test
    void signsWhatItSends() throws Exception {
        String plain = "a text that is long enough";
        send(endpoint().secrets("whsec_" + KEY, plain).make(), Events.of(EventAction.MANIFEST_PUSH));
        Received request = received.take();
        String signed = request.headers().getFirst("webhook-id") + "."
                + request.headers().getFirst("webhook-timestamp") + "."
                + new String(request.body(), StandardCharsets.UTF_8);

        assertThat(request.headers().getFirst("webhook-id")).isEqualTo(Events.ID.toString());
        assertThat(request.headers().getFirst("webhook-signature"))
                .isEqualTo("v1," + hmac(Base64.getDecoder().decode(KEY), signed) + " v1,"
                        + hmac(plain.getBytes(StandardCharsets.UTF_8), signed));
    }

    private static String hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 301, 302, 303, 307, 308})
    void takesSuccessAndRedirectsAsReceivedAndFollowsNone(int status) throws Exception {
        replying = exchange -> {
            exchange.getResponseHeaders().set("Location", url("/elsewhere").toString());
            exchange.sendResponseHeaders(status, -1);
        };
        Answer answer = send(endpoint().make(), Events.ping());

        assertThat(answer.status()).hasValue(status);
        assertThat(answer.isReceived()).isTrue();
        assertThat(received).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 407, 410, 429, 500, 503})
    void tellsTheStatusOfWhatIsNotReceivedAndDoesNotTryAgain(int status) throws Exception {
        reply(status, "no,\r\nthank\tyou\u0000");
        Answer answer = send(endpoint().make(), Events.ping());

        assertThat(answer.status()).hasValue(status);
        assertThat(answer.isReceived()).isFalse();
        assertThat(answer.detail()).isEqualTo("no,  thank you");
        assertThat(answer.latency()).isPositive();
        assertThat(received).hasSize(1);
    }

    @Test
    void tellsHowLongTheReceiverWantsToBeLeftAlone() throws Exception {
        replying = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "120");
            exchange.sendResponseHeaders(503, -1);
        };

        assertThat(send(endpoint().make(), Events.ping()).retryAfter()).contains(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1000, 1001, 8192, 20_000, 65_536, 65_537, 10_000_000})
    void keepsTheBeginningOfTheReply(int length) throws Exception {
        reply(200, "x".repeat(length));
        Answer answer = send(endpoint().make(), Events.ping());

        assertThat(answer.status()).hasValue(200);
        assertThat(answer.detail()).isEqualTo("x".repeat(Math.min(length, 1000)));
    }

    @Test
    void keepsConnectionsUnlessAReplyIsTooLong() throws Exception {
        reply(200, "x".repeat(65_536));
        send(endpoint().make(), Events.ping());
        int first = received.take().port();
        reply(200, "x".repeat(1_000_000));
        send(endpoint().make(), Events.ping());
        int second = received.take().port();
        send(endpoint().make(), Events.ping());
        int third = received.take().port();

        assertThat(second).isEqualTo(first);
        assertThat(third).isNotEqualTo(second);
    }

    @Test
    void doesNotRepeatSecretsThatTheReceiverRepeats() throws Exception {
        String key = "whsec_" + KEY;
        reply(400, "got Bearer abcdef, abcdef, more secret, " + key);
        Endpoint endpoint = endpoint()
                .header("Authorization", "Bearer abcdef")
                .header("X-Other", "more secret")
                .secrets(key)
                .make();

        assertThat(send(endpoint, Events.ping()).detail()).isEqualTo("got ***, ***, ***, ***");
    }

    /** As Express and others do, of what they do not know. */
    @Test
    void doesNotRepeatThePathAndTheQueryThatTheReceiverRepeats() throws Exception {
        String hidden = "/T0/a%20b/tokentoken?key=0123456789&k=1";
        reply(404, "Cannot POST " + hidden + " (/T0/a b/tokentoken, key=0123456789&amp;k=1, tokentoken), k is unknown");
        Endpoint endpoint = Endpoints.to(url(hidden)).make();

        assertThat(send(endpoint, Events.ping()).detail())
                .isEqualTo("Cannot POST *** (***, key=***&amp;k=1, ***), k is unknown");
    }

    @Test
    void doesNotTellHalfASecretAtTheEndOfWhatItKeeps() throws Exception {
        String secret = "0123456789".repeat(60);
        reply(400, secret.repeat(20));

        assertThat(send(endpoint().header("X-Key", secret).make(), Events.ping()).detail()).matches("[*]+");
    }

    @Test
    void cutsNoCharacterInHalf() throws Exception {
        reply(400, "x".repeat(999) + "\uD83D\uDE00");

        assertThat(send(endpoint().make(), Events.ping()).detail()).isEqualTo("x".repeat(999));
    }

    @Test
    void keepsNoCookies() throws Exception {
        replying = exchange -> {
            exchange.getResponseHeaders().set("Set-Cookie", "a=b; Path=/");
            exchange.sendResponseHeaders(200, -1);
        };
        send(endpoint().make(), Events.ping());
        send(endpoint().make(), Events.ping());

        assertThat(received).hasSize(2).noneMatch(request -> request.headers().containsKey("Cookie"));
    }

    @Test
    void answersWhatASecretThatCannotBeUsedGives() throws Exception {
        Answer answer = send(endpoint().secrets("tiny").make(), Events.ping());

        assertThat(answer.status()).isEmpty();
        assertThat(answer.detail()).startsWith("expected a secret of");
        assertThat(received).isEmpty();
    }

    @Test
    void endsWithAnAnswerAfterItIsClosed() throws Exception {
        sender.close();

        assertThat(send(endpoint().make(), Events.ping()).detail()).isEqualTo("the registry is being stopped");
    }

    @Test
    void keepsAClientForEachWayAndClosesThoseThatAreNotUsed() throws Exception {
        try (HttpSender forgetful =
                new HttpSender(ANYWHERE, "1", InetAddress::getAllByName, Duration.ofMillis(1))) {
            forgetful.send(endpoint().timeout(Duration.ofMillis(500)).make(), List.of(Events.ping())).get();
            await().until(() -> forgetful.openClients() == 0);
        }
        send(endpoint().make(), Events.ping());
        send(Endpoints.to(url("/other")).make(), Events.ping());
        assertThat(sender.openClients()).isEqualTo(1);
        send(endpoint().timeout(Duration.ofSeconds(29)).make(), Events.ping());
        assertThat(sender.openClients()).isEqualTo(2);
    }
}
