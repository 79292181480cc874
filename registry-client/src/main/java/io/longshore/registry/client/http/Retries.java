package io.longshore.registry.client.http;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;

/** The attempts that are left to one request. Not thread-safe. */
public final class Retries {
    private final RetryPolicy policy;
    private final Timing timing;
    private Duration delay;
    private Duration left;
    private int attempt = 1;

    Retries(RetryPolicy policy, Timing timing) {
        this.policy = policy;
        this.timing = timing;
        this.delay = policy.firstDelay();
        this.left = policy.budget();
    }

    /**
     * Waits before the next attempt.
     *
     * @param asked the least that the server wants to be left alone for
     * @return whether there is to be one; if not, nothing was waited for
     * @throws InterruptedIOException if the thread is interrupted, as it still is then
     */
    public boolean next(Optional<Duration> asked) throws InterruptedIOException {
        Duration wait = longer(spread(delay), asked.orElse(Duration.ZERO));
        if (attempt >= policy.attempts() || wait.compareTo(left) > 0) {
            return false;
        }
        try {
            timing.waiting().pass(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before the next attempt");
        }
        attempt++;
        left = left.minus(wait);
        delay = shorter(delay.multipliedBy(2), policy.longestDelay());
        return true;
    }

    /** Between half of it and the whole. */
    private Duration spread(Duration whole) {
        long half = whole.toNanos() / 2;
        return Duration.ofNanos(half + (long) (timing.random().nextDouble() * half));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
