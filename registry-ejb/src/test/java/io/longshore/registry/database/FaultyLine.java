package io.longshore.registry.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A port of the loopback interface that leads to another one, over a line that can be cut. */
public final class FaultyLine implements AutoCloseable {

    private enum State {
        WHOLE,
        /** Nothing that is sent arrives, and nobody is told. */
        SILENT,
        CUT
    }

    private final ServerSocket entrance;
    private final int exit;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile State state = State.WHOLE;
    /** What a request holds whose answer finds the line cut; null for none. */
    private volatile String unanswered;

    /** A line that is whole, to a port where somebody listens. */
    public FaultyLine(int exit) {
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.exit = exit;
        inBackground(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** Ends all connections, and each new one at once. */
    public void cut() {
        state = State.CUT;
        sockets.forEach(FaultyLine::end);
    }

    /**
     * Lets the next request that holds this text through, and cuts the line in place of its answer. A pool has requests
     * of its own, which are not meant.
     */
    public void cutBeforeTheAnswerTo(String text) {
        unanswered = text;
    }

    /** Swallows all that is sent from now on, as a network does that drops packets. */
    public void fallSilent() {
        state = State.SILENT;
    }

    /** Makes new connections work again. What was swallowed stays lost. */
    public void heal() {
        state = State.WHOLE;
        unanswered = null;
    }

    @Override
    public void close() {
        cut();
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket near = entrance.accept();
            inBackground(() -> connect(near));
        }
    }

    private void connect(Socket near) throws IOException {
        try (near; Socket far = new Socket(InetAddress.getLoopbackAddress(), exit)) {
            sockets.add(near);
            sockets.add(far);
            if (state != State.CUT) {
                AtomicBoolean losing = new AtomicBoolean();
                inBackground(() -> carry(near, far, request -> losing.compareAndSet(false, isToBeLost(request))));
                carry(far, near, answer -> {
                    if (losing.get()) {
                        cut();
                    }
                });
            }
        }
    }

    private boolean isToBeLost(String request) {
        String text = unanswered;
        return text != null && request.contains(text);
    }

    private void carry(Socket from, Socket to, Consumer<String> watcher) throws IOException {
        byte[] buffer = new byte[8192];
        try (from; to) {
            for (int length; (length = from.getInputStream().read(buffer)) >= 0; ) {
                watcher.accept(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                if (state != State.SILENT) {
                    to.getOutputStream().write(buffer, 0, length);
                }
            }
        } finally {
            sockets.remove(from);
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
