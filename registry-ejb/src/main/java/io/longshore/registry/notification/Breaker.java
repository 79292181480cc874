package io.longshore.registry.notification;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Leaves an endpoint alone that fails again and again, whatever it is told. After a while one attempt is made; if that
 * succeeds, all is as before. Thread-safe.
 */
final class Breaker {
    private final LongSupplier nanos;
    private int failures;
    private boolean open;
    private long closedUntilNanos;
    private boolean trying;

    /** @param nanos a clock such as {@link System#nanoTime} */
    Breaker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether another attempt may begin now; one that does has to be ended by {@link #succeeded} or {@link #failed}. */
    synchronized boolean begins() {
        if (!open) {
            return true;
        }
        if (trying || nanos.getAsLong() - closedUntilNanos < 0) {
            return false;
        }
        trying = true;
        return true;
    }

    /** Whether {@link #begins} would say so. */
    synchronized boolean permits() {
        return !open || !trying && nanos.getAsLong() - closedUntilNanos >= 0;
    }

    /** Nothing came of an attempt that was begun: there was nothing to do. */
    synchronized void withdrawn() {
        trying = false;
    }

    /** Whether it was left alone, and is not any more. */
    synchronized boolean succeeded() {
        boolean wasOpen = open;
        failures = 0;
        open = false;
        trying = false;
        return wasOpen;
    }

    /**
     * Another attempt failed.
     *
     * @param threshold after how many, one after the other, it is left alone
     * @param backoff for how long
     */
    synchronized void failed(int threshold, Duration backoff) {
        failures++;
        trying = false;
        if (failures >= threshold) {
            open = true;
            closedUntilNanos = nanos.getAsLong() + backoff.toNanos();
        }
    }

    synchronized boolean isOpen() {
        return open;
    }
}
