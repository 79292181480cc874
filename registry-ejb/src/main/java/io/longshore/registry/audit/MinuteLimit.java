package io.longshore.registry.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Counts events of each kind, and says whether there were too many within a minute, which begins with the first of
 * them. In the memory of a node. Thread-safe.
 */
public final class MinuteLimit {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 100_000;

    private final int most;
    private final Cache<Object, AtomicInteger> counts;

    /**
     * @param most as many of a kind are not too many
     * @param nanos a clock such as {@link System#nanoTime}
     */
    public MinuteLimit(int most, LongSupplier nanos) {
        this.most = most;
        this.counts = Caffeine.newBuilder()
                .expireAfterWrite(MINUTE)
                .maximumSize(MOST_REMEMBERED)
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Counts one more.
     *
     * @param kind equal for events of the same kind
     * @return whether it is not too many
     */
    public boolean allows(Object kind) {
        return counts.get(kind, any -> new AtomicInteger()).incrementAndGet() <= most;
    }

    /** Whether one more would be too many. */
    public boolean isReached(Object kind) {
        AtomicInteger count = counts.getIfPresent(kind);
        return count != null && count.get() >= most;
    }

    /** Begins anew with these. */
    public void forget(Object kind) {
        counts.invalidate(kind);
    }
}
