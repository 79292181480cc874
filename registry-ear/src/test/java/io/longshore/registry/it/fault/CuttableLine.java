package io.longshore.registry.it.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A port of the loopback interface that leads to another one, over a line that can be cut. Thread-safe. */
public final class CuttableLine implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;

    private final ServerSocket entrance;
    private final int exit;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private Break next;

    /** What comes in at the entrance, and what goes on to the exit. */
    private record Connection(Socket near, Socket far) {}

    /** A cut that is to come when so many more bytes have passed. */
    private static final class Break {
        private final CompletableFuture<Integer> ended = new CompletableFuture<>();
        private long leftBytes;
    }

    /** A line that is whole, to a port where somebody listens. */
    public CuttableLine(int exit) throws IOException {
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.exit = exit;
        inBackground(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** Ends all connections, and each new one at once. Returns how many were open, in use or not. */
    public int cut() {
        cut = true;
        int ended = 0;
        for (Connection connection : connections) {
            if (!connection.near.isClosed()) {
                ended++;
            }
            end(connection.near);
            end(connection.far);
        }
        return ended;
    }

    /**
     * Cuts the line once when {@code bytes} more have passed, in both directions together, and heals it again at once:
     * in the middle of what is under way. Completes with what {@link #cut} returned.
     */
    public synchronized CompletableFuture<Integer> breakAfter(long bytes) {
        next = new Break();
        next.leftBytes = bytes;
        return next.ended;
    }

    private synchronized void passed(int bytes) {
        if (next == null) {
            return;
        }
        next.leftBytes -= bytes;
        if (next.leftBytes <= 0) {
            int ended = cut();
            heal();
            next.ended.complete(ended);
            next = null;
        }
    }

    public void heal() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        cut();
        entrance.close();
    }

    private void accept() throws IOException {
        while (true) {
            Socket near = entrance.accept();
            Socket far;
            try {
                far = new Socket(InetAddress.getLoopbackAddress(), exit);
            } catch (IOException nobodyThere) {
                end(near);
                continue;
            }
            Connection connection = new Connection(near, far);
            connections.add(connection);
            if (cut) {
                end(near);
            }
            inBackground(() -> carry(connection, near, far));
            inBackground(() -> carry(connection, far, near));
        }
    }

    private void carry(Connection connection, Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                passed(read);
            }
        } finally {
            connections.remove(connection);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }

    private static void inBackground(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException ended) {
                // as a line that is cut does
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
