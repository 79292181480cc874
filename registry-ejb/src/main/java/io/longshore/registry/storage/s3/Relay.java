package io.longshore.registry.storage.s3;

import io.longshore.registry.storage.object.Spool;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Two spools: one is sent while the other one fills, so that the client and the store do not wait for each other. */
final class Relay implements Closeable {
    private final ExecutorService threads;
    private final Path spoolDirectory;
    private Spool filling;
    private Spool other;
    private Future<?> sending;

    Relay(ExecutorService threads, Path spoolDirectory) {
        this.threads = threads;
        this.spoolDirectory = spoolDirectory;
        this.filling = new Spool(spoolDirectory);
    }

    /** Brings bytes to the store. */
    @FunctionalInterface
    interface Delivery {
        void send(Spool bytes) throws IOException;
    }

    Spool filling() {
        return filling;
    }

    /** Begins to send what has been filled, and goes on with an empty spool; what was sent before has arrived. */
    void send(Delivery delivery) throws IOException {
        await();
        Spool full = filling;
        filling = other == null ? new Spool(spoolDirectory) : other;
        filling.clear();
        other = full;
        sending = threads.submit(() -> {
            delivery.send(full);
            return null;
        });
    }

    /**
     * Waits until nothing is under way; throws what went wrong on the way, once. Cannot be interrupted, as the spool
     * that is being sent is given back or filled anew after this, and what arrives late would change what the caller
     * cleans up. It does not wait for ever: each delivery is a request or a few, and these have an end.
     */
    void await() throws IOException {
        boolean interrupted = false;
        try {
            while (sending != null) {
                try {
                    sending.get();
                    sending = null;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            sending = null;
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** As {@link #await}, and gives the spools back. */
    @Override
    public void close() throws IOException {
        try {
            await();
        } finally {
            filling.close();
            if (other != null) {
                other.close();
            }
        }
    }
}
