package io.longshore.registry.mirror;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that plays a registry in memory, and fails as a test says. Thread-safe. */
final class FakeUpstream implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final Map<String, Queue<Reply>> replies = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private final Optional<HttpsConfigurator> tls;
    private final int port;
    private HttpServer server;

    private record Content(String type, Digest digest, byte[] bytes) {}

    /** An answer in place of the usual one. */
    @FunctionalInterface
    interface Reply {
        void send(HttpExchange exchange) throws IOException;
    }

    FakeUpstream() {
        this(Optional.empty());
    }

    /** One that is reached by HTTPS alone. */
    FakeUpstream(HttpsConfigurator tls) {
        this(Optional.of(tls));
    }

    private FakeUpstream(Optional<HttpsConfigurator> tls) {
        this.tls = tls;
        server = listen(0);
        port = server.getAddress().getPort();
    }

    private HttpServer listen(int atPort) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), atPort);
            HttpServer listening = tls.isPresent() ? secure(address) : HttpServer.create(address, 0);
            listening.createContext("/", this::answer);
            listening.setExecutor(threads);
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpServer secure(InetSocketAddress address) throws IOException {
        HttpsServer secure = HttpsServer.create(address, 0);
        secure.setHttpsConfigurator(tls.orElseThrow());
        return secure;
    }

    URI url() {
        return URI.create((tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + port);
    }

    /** Nobody listens any more. */
    void stop() {
        server.stop(0);
    }

    void restart() {
        server = listen(port);
    }

    /** Has a manifest under its digest and a tag. */
    Digest manifest(String repository, String tag, String type, byte[] bytes) {
        Digest digest = Digest.of(DigestAlgorithm.SHA256, bytes);
        for (String reference : List.of(tag, digest.toString())) {
            contents.put("/v2/" + repository + "/manifests/" + reference, new Content(type, digest, bytes));
        }
        return digest;
    }

    void removeTag(String repository, String tag) {
        contents.remove("/v2/" + repository + "/manifests/" + tag);
    }

    Digest blob(String repository, byte[] bytes) {
        Digest digest = Digest.of(DigestAlgorithm.SHA256, bytes);
        contents.put("/v2/" + repository + "/blobs/" + digest, new Content("application/octet-stream", digest, bytes));
        return digest;
    }

    /** Lists these descriptors as referrers of a manifest. */
    void referrers(String repository, Digest subject, String descriptors) {
        byte[] index = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + descriptors + "]}").getBytes(StandardCharsets.UTF_8);
        contents.put("/v2/" + repository + "/referrers/" + subject, new Content(MediaTypes.OCI_INDEX, subject, index));
    }

    /** Answers the next requests so whose address ends with this, one after the other. */
    void reply(String addressEnd, Reply... next) {
        replies.computeIfAbsent(addressEnd, end -> new ConcurrentLinkedQueue<>()).addAll(List.of(next));
    }

    /** Method and address of each request. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** What the requests so far have said they have already. */
    List<String> known() {
        return List.copyOf(headers);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String address = exchange.getRequestURI().toString();
            asked.add(exchange.getRequestMethod() + ' ' + address);
            if (exchange.getRequestHeaders().containsKey("If-None-Match")) {
                headers.add(exchange.getRequestHeaders().getFirst("If-None-Match"));
            }
            reply(address).send(exchange);
        }
    }

    private Reply reply(String address) {
        for (Map.Entry<String, Queue<Reply>> other : replies.entrySet()) {
            Reply next = address.endsWith(other.getKey()) ? other.getValue().poll() : null;
            if (next != null) {
                return next;
            }
        }
        Content content = contents.get(address);
        return content == null ? status(404) : usual(content);
    }

    private static Reply usual(Content content) {
        return exchange -> {
            exchange.getResponseHeaders().add("Docker-Content-Digest", content.digest().toString());
            exchange.getResponseHeaders().add("Content-Type", content.type());
            if (('"' + content.digest().toString() + '"').equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
            } else if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().add("Content-Length", Integer.toString(content.bytes().length));
                exchange.sendResponseHeaders(200, -1);
            } else {
                sendFrom(exchange, content.bytes());
            }
        };
    }

    private static void sendFrom(HttpExchange exchange, byte[] bytes) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int start = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1"));
        if (range != null) {
            exchange.getResponseHeaders().add(
                    "Content-Range", "bytes " + start + '-' + (bytes.length - 1) + '/' + bytes.length);
        }
        byte[] rest = Arrays.copyOfRange(bytes, start, bytes.length);
        exchange.sendResponseHeaders(range == null ? 200 : 206, rest.length == 0 ? -1 : rest.length);
        exchange.getResponseBody().write(rest);
    }

    static Reply status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    static Reply error(int status, String code, String message) {
        return exchange -> {
            byte[] body = ("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, exchange.getRequestMethod().equals("HEAD") ? -1 : body.length);
            if (!exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseBody().write(body);
            }
        };
    }

    static Reply tooOften(int seconds) {
        return exchange -> {
            exchange.getResponseHeaders().add("Retry-After", Integer.toString(seconds));
            exchange.sendResponseHeaders(429, -1);
        };
    }

    /** Promises so many bytes, sends these, and cuts the connection if they are fewer. */
    static Reply bytes(byte[] sent, long promised) {
        return exchange -> {
            exchange.sendResponseHeaders(200, promised);
            exchange.getResponseBody().write(sent);
            exchange.getResponseBody().flush();
        };
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }
}
