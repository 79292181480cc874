package io.longshore.registry.it.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Prometheus is told, and where. */
class MetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern VALUE = Pattern.compile("(?m)^%s (\\S+)$");

    private static final AtomicInteger asked = new AtomicInteger();
    private static final AtomicInteger refused = new AtomicInteger();
    private static Receiver receiver;
    private static RegistryServer server;
    private static Http http;
    private static URI debug;

    @BeforeAll
    static void start() throws IOException {
        receiver = new Receiver(event -> {
            if (asked.incrementAndGet() % 3 > 0) {
                return 202;
            }
            refused.incrementAndGet();
            return 503;
        });
        int port = freePort();
        debug = URI.create("http://127.0.0.1:" + port);
        server = RegistryServer.start(Map.of(
                "REGISTRY_HTTP_DEBUG_ADDR", "127.0.0.1:" + port,
                "REGISTRY_HTTP_DEBUG_PROMETHEUS_ENABLED", "true",
                "REGISTRY_NOTIFICATIONS_ENDPOINTS", """
                        [{name: all, url: "%s?key=in-the-query", headers: {X-Token: in-a-header}, threshold: 1000,
                          backoff: 10ms, maxbackoff: 10ms}]""".formatted(receiver.url())));
        http = new Http(server.uri());
    }

    @AfterAll
    static void stop() {
        server.close();
        receiver.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static HttpResponse<String> get(URI uri) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String page() {
        HttpResponse<String> answer = get(debug.resolve("/metrics"));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static double value(String page, String series) {
        Matcher matcher = Pattern.compile(VALUE.pattern().formatted(Pattern.quote(series))).matcher(page);
        assertThat(matcher.find()).as(series + " in\n" + page).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    private static double events(String page, String type) {
        return value(page, "registry_notifications_events_total{endpoint=\"all\",type=\"" + type + "\"}");
    }

    @Test
    void saysWhatTheReceiverSaw() {
        for (int i = 0; i < 30; i++) {
            Repository.fresh(http, "counted").push(TestContent.bytes(50));
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            String page = page();
            assertThat(receiver.events()).hasSizeGreaterThanOrEqualTo(30);
            assertThat(value(page, "registry_notifications_pending_total{endpoint=\"all\"}")).isZero();
            assertThat(events(page, "Events")).isEqualTo(receiver.events().size());
            assertThat(events(page, "Successes")).isEqualTo(receiver.events().size());
            assertThat(events(page, "Failures")).isEqualTo(refused.get()).isGreaterThan(10);
            assertThat(events(page, "Errors")).isZero();
            assertThat(value(page, "registry_notifications_status_total{code=\"202 Accepted\",endpoint=\"all\"}"))
                    .isEqualTo(receiver.events().size());
            assertThat(value(
                    page, "registry_notifications_status_total{code=\"503 Service Unavailable\",endpoint=\"all\"}"))
                    .isEqualTo(refused.get());
            assertThat(value(page, "registry_notifications_delivery_seconds_count{endpoint=\"all\"}"))
                    .isEqualTo(asked.get());
        });
        assertThat(page()).doesNotContain("in-the-query", "in-a-header", "127.0.0.1");
    }

    @Test
    void saysNothingOfItWhereTheRegistryIs() {
        for (String path : List.of("/metrics", "/debug/metrics", "/v2/metrics", "/api/v1/metrics")) {
            HttpResponse<String> answer = get(server.uri().resolve(path));
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).doesNotContain("jvm_", "registry_notifications");
        }
    }

    @Test
    void servesNoRegistryWhereTheMetricsAre() {
        for (String path : List.of("/", "/v2/", "/v2/_catalog", "/api/v1/webhooks", "/auth/token", "/metrics/")) {
            assertThat(get(debug.resolve(path)).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void saysNothingMoreOfAnEndpointThatIsRemoved() {
        http.post("/api/v1/webhooks")
                .header("Content-Type", "application/json")
                .body("{\"name\": \"passing\", \"url\": \"" + receiver.url()
                        + "\", \"repositories\": [\"nobody/**\"]}")
                .send()
                .expect(201);
        await().atMost(PATIENCE).untilAsserted(() ->
                assertThat(value(page(), "registry_notifications_pending_total{endpoint=\"passing\"}")).isZero());
        http.delete("/api/v1/webhooks/passing").send().expect(204);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(page()).doesNotContain("passing"));
    }

    @Test
    void isNotHeldUpByClientsThatSayNothingMore() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), debug.getPort());
                silent.add(socket);
                socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost:".getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(page()).contains("jvm_memory_used_bytes");
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }
}
