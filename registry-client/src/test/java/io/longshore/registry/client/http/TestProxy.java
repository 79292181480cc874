package io.longshore.registry.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy to servers of this machine, by whatever name they are asked for there. One request a connection. */
public final class TestProxy implements AutoCloseable {
    private static final String REFUSAL = "HTTP/1.1 407 Proxy Authentication Required\r\n"
            + "Proxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Integer> routes = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Optional<String> login;

    /** @param login the value of {@code Proxy-Authorization} that it wants */
    public TestProxy(Optional<String> login) {
        this.login = login;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** Takes this host to a port of this machine. */
    public TestProxy route(String hostAndPort, int port) {
        routes.put(hostAndPort, port);
        return this;
    }

    public HttpProxy settings() {
        return HttpProxy.of("127.0.0.1", server.getLocalPort());
    }

    /** The first lines of all requests. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // It is closed.
            return;
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            String first = head.substring(0, head.indexOf("\r\n"));
            asked.add(first);
            if (login.isPresent() && !head.contains("\r\nProxy-Authorization: " + login.get() + "\r\n")) {
                client.getOutputStream().write(REFUSAL.getBytes(StandardCharsets.ISO_8859_1));
                return;
            }
            String[] words = first.split(" ");
            boolean isTunnel = words[0].equals("CONNECT");
            String authority = isTunnel ? words[1] : URI.create(words[1]).getAuthority();
            Integer port = routes.get(authority);
            if (port == null) {
                client.getOutputStream().write(
                        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                return;
            }
            try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (isTunnel) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                } else {
                    target.getOutputStream().write(head
                            .replace(words[1], words[1].substring(words[1].indexOf('/', 7)))
                            .replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
                }
                threads.execute(() -> pump(client, target));
                pump(target, client);
            }
        } catch (IOException e) {
            // One of both has gone.
            return;
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void pump(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // One of both has gone.
            return;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
