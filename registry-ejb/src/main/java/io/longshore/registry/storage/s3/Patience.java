package io.longshore.registry.storage.s3;

import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * How long the store is waited for, and how often it is asked again.
 *
 * @param idle how long nothing may come while an answer is read
 * @param attempt how long one attempt may take, until its answer begins; more for bytes that are sent or copied
 * @param attempts the first one included
 * @param backOff the shortest pause between two attempts, doubled each time
 * @param throttled as {@code backOff}, where the store says that it is asked too much
 */
record Patience(
        Duration connect, Duration idle, Duration attempt, int attempts, Duration backOff, Duration throttled) {
    private static final long SLOWEST_BYTES_PER_SECOND = 64 << 10;
    private static final int MOST_DOUBLINGS = 6;

    static final Patience USUAL = new Patience(
            Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60), 5,
            Duration.ofMillis(100), Duration.ofMillis(500));

    /** Joining many parts takes a store minutes. */
    Duration completion() {
        return attempt.multipliedBy(10);
    }

    /**
     * How long a request may take with all its attempts, if one of them may take {@code one}: that, and some time for
     * those before it.
     */
    Duration total(Duration one) {
        return one.plus(attempt);
    }

    /** Waits before the attempt that follows this one, counted from 1. */
    void pauseAfter(int attemptNumber) throws InterruptedIOException {
        try {
            Thread.sleep(backOff.toMillis() << Math.min(attemptNumber - 1, MOST_DOUBLINGS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before the store was asked again");
        }
    }

    Duration transferOf(long sizeBytes) {
        return attempt.plusSeconds(sizeBytes / SLOWEST_BYTES_PER_SECOND);
    }
}
