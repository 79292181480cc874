package io.longshore.registry.notification;

import java.time.Duration;
import java.util.Optional;
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
    /** The one attempt while it is open; null if there is none. */
    private Pass trial;
    /** How often somebody asked. */
    private long urged;

    /** @param nanos a clock such as {@link System#nanoTime} */
    Breaker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Begins attempts, one after the other, which have to be {@link Pass#ended}; empty if none may begin now. */
    synchronized Optional<Pass> begin() {
        Pass pass = new Pass();
        return pass.goesOn() ? Optional.of(pass) : Optional.empty();
    }

    /** Whether {@link #begin} would. */
    synchronized boolean permits() {
        return !open || trial == null && nanos.getAsLong() - closedUntilNanos >= 0;
    }

    /** Somebody asks that it be tried, whatever was before: one attempt may begin at once. */
    synchronized void urge() {
        urged++;
        closedUntilNanos = nanos.getAsLong();
        trial = null;
    }

    /** Attempts, one after the other. */
    final class Pass {
        private long urgedBefore;

        /** Whether another attempt may begin after one that failed. */
        boolean goesOn() {
            synchronized (Breaker.this) {
                if (!permits()) {
                    return false;
                }
                urgedBefore = urged;
                if (open) {
                    trial = this;
                }
                return true;
            }
        }

        /** Whether it was left alone, and is not any more. */
        boolean succeeded() {
            synchronized (Breaker.this) {
                boolean wasOpen = open;
                failures = 0;
                open = false;
                trial = null;
                return wasOpen;
            }
        }

        /**
         * An attempt failed, which counts unless somebody asked for another one meanwhile.
         *
         * @param threshold after how many, one after the other, it is left alone
         * @param backoff for how long
         */
        void failed(int threshold, Duration backoff) {
            synchronized (Breaker.this) {
                ended();
                if (isOutdated()) {
                    return;
                }
                failures++;
                if (failures >= threshold) {
                    open = true;
                    closedUntilNanos = nanos.getAsLong() + backoff.toNanos();
                }
            }
        }

        /** Whether somebody asked meanwhile that it be tried, whatever comes of this. */
        boolean isOutdated() {
            synchronized (Breaker.this) {
                return urgedBefore != urged;
            }
        }

        /** No more attempts, if there was any. */
        void ended() {
            synchronized (Breaker.this) {
                if (trial == this) {
                    trial = null;
                }
            }
        }
    }
}
