package io.longshore.registry.notification.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on the loopback interface that does to its connections what a test wants. */
final class RawServer implements AutoCloseable {
    /** Does with one connection what it wants. */
    @FunctionalInterface
    interface Behaviour {
        void serve(RawServer server, Socket connection) throws IOException;
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Boolean> ends = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);

    RawServer(Behaviour behaviour) throws IOException {
        threads.execute(() -> {
            while (!socket.isClosed()) {
                accept(behaviour);
            }
        });
    }

    private void accept(Behaviour behaviour) {
        try {
            Socket connection = socket.accept();
            connections.add(connection);
            threads.execute(() -> {
                try (connection) {
                    behaviour.serve(this, connection);
                } catch (IOException e) {
                    ends.add(true);
                }
            });
        } catch (IOException e) {
            // the test is over
        }
    }

    /** Sends this to whoever has sent a request, and then waits for the end of the connection. */
    static Behaviour replying(String text) {
        return (server, connection) -> {
            server.readRequest(connection);
            write(connection, text);
            server.awaitEnd(connection);
        };
    }

    /** Reads a request, which has at most one body of a known length. The head can be asked for. */
    String readRequest(Socket connection) throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = connection.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("closed");
            }
            head.append((char) c);
        }
        String text = head.toString();
        Matcher length =
                Pattern.compile("(?i)content-length: (\\d+)").matcher(text);
        if (length.find()) {
            in.readNBytes(Integer.parseInt(length.group(1)));
        }
        heads.add(text);
        return text;
    }

    static void write(Socket connection, String text) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Reads until the client closes the connection. */
    void awaitEnd(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        while (in.read() >= 0) {
            // what comes is of no interest
        }
        ends.add(true);
    }

    /** Sends a letter now and then, until the client closes the connection. */
    void trickle(Socket connection) throws IOException {
        connection.setSoTimeout(20);
        while (!isTestOver()) {
            write(connection, "x");
            try {
                awaitEnd(connection);
                return;
            } catch (SocketTimeoutException e) {
                // the next one
            }
        }
    }

    boolean isTestOver() {
        return end.getCount() == 0;
    }

    /** Whether a client has closed a connection, for which is waited. */
    boolean seesAnEnd() throws InterruptedException {
        return ends.poll(20, TimeUnit.SECONDS) != null;
    }

    /** The head of the next request, for which is waited; null if there is none. */
    String head() throws InterruptedException {
        return heads.poll(20, TimeUnit.SECONDS);
    }

    int connections() {
        return connections.size();
    }

    URI url(String scheme) {
        return URI.create(scheme + "://127.0.0.1:" + socket.getLocalPort() + "/hook");
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdownNow();
    }
}
