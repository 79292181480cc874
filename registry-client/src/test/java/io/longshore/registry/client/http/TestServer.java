package io.longshore.registry.client.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server that answers as the test says, one reply after the other, and remembers what it was asked. */
public final class TestServer implements AutoCloseable {
    /** What the server got. */
    public record Seen(String method, String target, Headers headers, byte[] body) {
        public String header(String name) {
            return headers.getFirst(name);
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return method + ' ' + target;
        }
    }

    /** Answers one request. */
    @FunctionalInterface
    public interface Reply {
        void send(HttpExchange exchange, Seen seen) throws IOException;

        /** The same, with a header more. */
        default Reply with(String name, String value) {
            return (exchange, seen) -> {
                exchange.getResponseHeaders().add(name, value);
                send(exchange, seen);
            };
        }
    }

    /** Answers one request whose body it reads by itself, or does not read. */
    @FunctionalInterface
    public interface Unread extends Reply {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    public TestServer(Reply... replies) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        then(replies);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = replies.poll();
            byte[] body = reply instanceof Unread ? new byte[0] : exchange.getRequestBody().readAllBytes();
            Seen request = new Seen(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body);
            seen.add(request);
            (reply == null ? status(501) : reply).send(exchange, request);
        }
    }

    /** Answers so after all that was said before. */
    public TestServer then(Reply... more) {
        replies.addAll(List.of(more));
        return this;
    }

    public URI uri(String target) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target);
    }

    public String authority() {
        return uri("").getAuthority();
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** The requests as method and target. */
    public List<String> asked() {
        return seen.stream().map(Seen::toString).toList();
    }

    public static Reply status(int status) {
        return (exchange, seen) -> exchange.sendResponseHeaders(status, -1);
    }

    public static Reply body(int status, String body) {
        return body(status, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply body(int status, byte[] body) {
        return (exchange, seen) -> {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        };
    }

    /** A refusal as the OCI specification has it. */
    public static Reply error(int status, String code, String message) {
        return body(status, "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}");
    }

    /** Promises {@code promised} bytes, and cuts the connection after these. */
    public static Reply cut(int status, byte[] sent, long promised) {
        return (exchange, seen) -> {
            exchange.sendResponseHeaders(status, promised);
            exchange.getResponseBody().write(sent);
            exchange.getResponseBody().flush();
        };
    }

    /** Cuts the connection without a word. */
    public static Reply hangUp() {
        return (exchange, seen) -> {
            throw new IOException("hangs up");
        };
    }

    /** Promises {@code promised} bytes, and has nothing more to say after these for as long as the server is there. */
    public static Reply stall(int status, byte[] sent, long promised) {
        return (exchange, seen) -> {
            cut(status, sent, promised).send(exchange, seen);
            waitForTheEnd();
        };
    }

    /** Reads nothing, and says nothing. */
    public static Unread deaf() {
        return (exchange, seen) -> waitForTheEnd();
    }

    private static void waitForTheEnd() throws InterruptedIOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException("the server is stopped");
        }
    }

    public static Reply redirect(int status, URI target) {
        return status(status).with("Location", target.toString());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
