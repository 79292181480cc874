package io.longshore.registry.it.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** Receives webhooks on a free port of the loopback interface, and remembers what it accepted. Thread-safe. */
final class Receiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonNode> accepted;
    private final Consumer<JsonNode> memory;
    private final int port;
    private volatile ToIntFunction<JsonNode> answer;
    private HttpServer server;

    /** @param answer the status for an event, given before it is remembered; those below 400 are remembered */
    Receiver(ToIntFunction<JsonNode> answer) {
        this(answer, new CopyOnWriteArrayList<>());
    }

    private Receiver(ToIntFunction<JsonNode> answer, List<JsonNode> accepted) {
        this(answer, accepted, accepted::add);
    }

    /** One that remembers nothing itself: for more events than a list should hold. */
    Receiver(ToIntFunction<JsonNode> answer, Consumer<JsonNode> memory) {
        this(answer, List.of(), memory);
    }

    private Receiver(ToIntFunction<JsonNode> answer, List<JsonNode> accepted, Consumer<JsonNode> memory) {
        this.answer = answer;
        this.accepted = accepted;
        this.memory = memory;
        this.server = open(0);
        this.port = server.getAddress().getPort();
    }

    private HttpServer open(int wanted) {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
            made.createContext("/", this::receive);
            made.setExecutor(threads);
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on, connections are refused. */
    void goDown() {
        server.stop(0);
    }

    /** The end of {@link #goDown}, on the same port. */
    void comeBack() {
        server = open(port);
    }

    void answers(ToIntFunction<JsonNode> other) {
        answer = other;
    }

    String url() {
        return "http://127.0.0.1:" + port + "/events";
    }

    /** In the order in which they came. */
    List<JsonNode> events() {
        return accepted;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            int status = 200;
            for (JsonNode event : body.path("events")) {
                status = answer.applyAsInt(event);
                if (status < 400) {
                    memory.accept(event);
                }
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
