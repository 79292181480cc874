package io.longshore.registry.web.debug;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.longshore.registry.config.HostPort;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves pages by HTTP on an address that has nothing to do with those of the application server: whatever reaches the
 * registry does not reach these. Thread-safe.
 */
public final class DebugServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DebugServer.class.getName());
    private static final int REQUESTS_AT_ONCE = 4;
    private static final int IDLE_SECONDS = 10;
    private static final int WAITING_CONNECTIONS = 16;

    private final HttpServer server;
    private final ExecutorService threads;

    private DebugServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Begins to serve.
     *
     * @param pages by their paths
     * @throws IllegalStateException if the address cannot be listened on
     */
    public static DebugServer start(HostPort address, Map<String, Page> pages) {
        try {
            HttpServer server = HttpServer.create(socketAddress(address), WAITING_CONNECTIONS);
            ThreadPoolExecutor threads = new ThreadPoolExecutor(
                    REQUESTS_AT_ONCE, REQUESTS_AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                    DebugServer::thread);
            threads.allowCoreThreadTimeOut(true);
            server.setExecutor(threads);
            server.createContext("/", exchange -> answer(exchange, pages));
            server.start();
            DebugServer started = new DebugServer(server, threads);
            LOG.log(Level.INFO, () -> "metrics are served on port " + started.port());
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "http.debug.addr: cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    private static InetSocketAddress socketAddress(HostPort address) throws UnknownHostException {
        return address.host().isPresent()
                ? new InetSocketAddress(InetAddress.getByName(address.host().get()), address.port())
                : new InetSocketAddress(address.port());
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "debug server");
        thread.setDaemon(true);
        return thread;
    }

    /** The one that was asked for, or the free one that was found. */
    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, Map<String, Page> pages) throws IOException {
        try (exchange) {
            Page page = pages.get(exchange.getRequestURI().getPath());
            String method = exchange.getRequestMethod();
            if (page == null) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
            } else {
                send(exchange, page, method.equals("HEAD"));
            }
        }
    }

    private static void send(HttpExchange exchange, Page page, boolean head) throws IOException {
        byte[] text;
        try {
            text = page.text().get().getBytes(StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, exchange.getRequestURI().getPath() + " could not be made", e);
            exchange.sendResponseHeaders(500, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", page.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(text.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    /** Listens no more, and ends what is under way. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
