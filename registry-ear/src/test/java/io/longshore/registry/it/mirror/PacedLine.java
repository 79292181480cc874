package io.longshore.registry.it.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/** A port of the loopback interface that leads to another one, over a line that carries so much and no more. */
final class PacedLine implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final ServerSocket entrance;
    private final int exit;
    private final long bytesPerSecond;
    /** When the line is free again. */
    private long freeNanos = System.nanoTime();

    /** @param bytesPerSecond in both directions together, over all connections */
    PacedLine(int exit, long bytesPerSecond) throws IOException {
        this.entrance = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        this.exit = exit;
        this.bytesPerSecond = bytesPerSecond;
        inBackground(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket near = entrance.accept();
            Socket far = new Socket(InetAddress.getLoopbackAddress(), exit);
            inBackground(() -> carry(near, far));
            inBackground(() -> carry(far, near));
        }
    }

    private void carry(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitTurn(read);
                out.write(buffer, 0, read);
            }
        }
    }

    private void awaitTurn(int bytes) {
        long until;
        synchronized (this) {
            freeNanos = Math.max(freeNanos, System.nanoTime()) + bytes * 1_000_000_000L / bytesPerSecond;
            until = freeNanos;
        }
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
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
                // as a connection does
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
