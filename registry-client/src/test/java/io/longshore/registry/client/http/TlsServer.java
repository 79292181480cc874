package io.longshore.registry.client.http;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/** A server that speaks TLS and offers HTTP/2; answers one after the other, 200 if nothing was said. */
public final class TlsServer implements AutoCloseable {
    /** Kept, so that it stays as quiet as it is told. */
    private static final List<Logger> LOGGERS =
            Stream.of("io.undertow", "org.xnio", "org.jboss.threads").map(Logger::getLogger).toList();

    private final Undertow server;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    /** Answers one request. */
    @FunctionalInterface
    public interface Answer {
        void send(HttpServerExchange exchange) throws IOException;
    }

    /**
     * What the server got.
     *
     * @param client the subject of its certificate
     */
    public record Seen(
            String request, String protocol, Optional<String> client, Optional<String> userAgent, boolean hasLogin) {}

    public TlsServer(SSLContext context, SslClientAuthMode mode) {
        LOGGERS.forEach(logger -> logger.setLevel(Level.WARNING));
        server = Undertow.builder()
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, mode)
                .setIoThreads(1)
                .setWorkerThreads(2)
                .addHttpsListener(0, "127.0.0.1", context)
                .setHandler(new BlockingHandler(this::answer))
                .build();
        server.start();
    }

    private void answer(HttpServerExchange exchange) throws IOException {
        seen.add(new Seen(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(), exchange.getProtocol().toString(),
                client(exchange), Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.USER_AGENT)),
                exchange.getRequestHeaders().contains(Headers.PROXY_AUTHORIZATION)));
        Answer answer = answers.poll();
        if (answer != null) {
            answer.send(exchange);
        }
        exchange.endExchange();
    }

    private static Optional<String> client(HttpServerExchange exchange) {
        try {
            return Optional.of(exchange.getConnection().getSslSessionInfo().getSSLSession().getPeerPrincipal().getName());
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    public TlsServer then(int status, Map<String, String> headers) {
        return then(exchange -> {
            exchange.setStatusCode(status);
            headers.forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
        });
    }

    public TlsServer then(Answer answer) {
        answers.add(answer);
        return this;
    }

    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        server.stop();
    }
}
