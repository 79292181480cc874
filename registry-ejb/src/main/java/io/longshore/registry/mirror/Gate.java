package io.longshore.registry.mirror;

import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.model.RegistryException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets no more through to an upstream than its limits say: who comes too soon waits, and not for ever. Thread-safe. */
final class Gate {
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Upstream upstream;
    private final Semaphore connections;
    private final OptionalInt perSecond;
    private final LongSupplier nanos;
    private final Duration patience;
    /** When the next request may be sent. */
    private long next;

    /** @param nanos a clock such as {@link System#nanoTime} */
    Gate(Upstream upstream, LongSupplier nanos, Duration patience) {
        UpstreamConfig.Limits limits = upstream.config().limits();
        this.upstream = upstream;
        this.connections = new Semaphore(limits.connections(), true);
        this.perSecond = limits.requestsPerSecond();
        this.nanos = nanos;
        this.patience = patience;
        this.next = nanos.getAsLong() - SECOND;
    }

    /** A connection that may be used until this is closed. */
    interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws RegistryException if there is none for a minute, or the thread is interrupted */
    Pass enter() {
        try {
            if (!connections.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy();
            }
            try {
                TimeUnit.NANOSECONDS.sleep(turn());
            } catch (InterruptedException | RuntimeException e) {
                connections.release();
                throw e;
            }
            return connections::release;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException.Unavailable("the registry is stopping");
        }
    }

    /** For how long to wait before the request. */
    private synchronized long turn() {
        if (perSecond.isEmpty()) {
            return 0;
        }
        long now = nanos.getAsLong();
        // A second's worth may come at once.
        long earliest = Math.max(next, now - SECOND);
        long wait = Math.max(0, earliest + SECOND / perSecond.getAsInt() - now);
        if (wait > patience.toNanos()) {
            throw busy();
        }
        next = earliest + SECOND / perSecond.getAsInt();
        return wait;
    }

    private RegistryException busy() {
        return new RegistryException.TooManyRequests(
                "more is asked of the mirrored registry " + upstream + " than its limits here let through",
                Math.max(1, patience.toSeconds()));
    }
}
