package io.longshore.registry.storage.azure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A port of the loopback interface that leads to an HTTP server on another one, and can spoil what passes. Passes the
 * host on that the client named, which Azurite compares; the build permits that.
 */
final class Interference implements AutoCloseable {
    private static final Set<String> FRAMING =
            Set.of("connection", "content-length", "http2-settings", "transfer-encoding", "upgrade");

    static {
        // before the server's first class: without it every answer waits for the client to confirm its head
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final int target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private record Rule(Predicate<String> wanted, AtomicInteger left, Action action) {}

    @FunctionalInterface
    private interface Action {
        void run(HttpExchange exchange) throws IOException, InterruptedException;
    }

    Interference(int target) throws IOException {
        this.target = target;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Methods and targets, in the order in which they came. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** A request with this method and this in its target. */
    static Predicate<String> of(String method, String part) {
        return request -> request.startsWith(method + " ") && request.contains(part);
    }

    /** Answers the next requests in place of the server. */
    void answer(int times, Predicate<String> wanted, int status, String code) {
        add(times, wanted, exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("x-ms-error-code", code);
            exchange.sendResponseHeaders(status, -1);
        });
    }

    /** Lets requests through, but not their answers. */
    void loseAnswers(int times, Predicate<String> wanted) {
        add(times, wanted, this::forward);
    }

    /** Ends the connection after so many bytes of the body. */
    void breakOff(int times, Predicate<String> wanted, int bytes) {
        add(times, wanted, exchange -> {
            HttpResponse<byte[]> answer = forward(exchange);
            copyHeaders(answer, exchange);
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body(), 0, bytes);
            exchange.getResponseBody().flush();
        });
    }

    /** Puts a header into answers. */
    void addHeader(int times, Predicate<String> wanted, String name, String value) {
        add(times, wanted, exchange -> {
            HttpResponse<byte[]> answer = forward(exchange);
            copyHeaders(answer, exchange);
            exchange.getResponseHeaders().set(name, value);
            send(answer, exchange);
        });
    }

    private void add(int times, Predicate<String> wanted, Action action) {
        rules.add(new Rule(wanted, new AtomicInteger(times), action));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().toString().replace("%2F", "/");
        requests.add(request);
        try (exchange) {
            Optional<Rule> rule = rules.stream()
                    .filter(one -> one.wanted().test(request) && one.left().getAndDecrement() > 0)
                    .findFirst();
            if (rule.isPresent()) {
                rule.get().action().run(exchange);
            } else {
                HttpResponse<byte[]> answer = forward(exchange);
                copyHeaders(answer, exchange);
                send(answer, exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + target + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void copyHeaders(HttpResponse<?> answer, HttpExchange exchange) {
        answer.headers().map().forEach((name, values) -> {
            if (!FRAMING.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
    }

    private static void send(HttpResponse<byte[]> answer, HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            answer.headers().firstValue("content-length")
                    .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
            exchange.sendResponseHeaders(answer.statusCode(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
