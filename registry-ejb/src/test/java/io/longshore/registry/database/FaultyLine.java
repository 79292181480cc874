package io.longshore.registry.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of the loopback interface that leads to another one, over a line that can be cut. */
public final class FaultyLine implements AutoCloseable {

    private enum State {
        WHOLE,
        /** What is sent arrives, but the first answer finds the line cut. */
        LOSING_ANSWERS,
        /** Nothing that is sent arrives, and nobody is told. */
        SILENT,
        CUT
    }

    private final ServerSocket entrance;
    private final int exit;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile State state = State.WHOLE;

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

    /** Lets the next request through and cuts the line in place of its answer. */
    public void cutBeforeTheNextAnswer() {
        state = State.LOSING_ANSWERS;
    }

    /** Swallows all that is sent from now on, as a network does that drops packets. */
    public void fallSilent() {
        state = State.SILENT;
    }

    /** Makes new connections work again. What was swallowed stays lost. */
    public void heal() {
        state = State.WHOLE;
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
                inBackground(() -> carry(near, far, false));
                carry(far, near, true);
            }
        }
    }

    private void carry(Socket from, Socket to, boolean answers) throws IOException {
        byte[] buffer = new byte[8192];
        try (from; to) {
            for (int length; (length = from.getInputStream().read(buffer)) >= 0; ) {
                if (answers && state == State.LOSING_ANSWERS) {
                    cut();
                }
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
