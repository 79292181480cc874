package io.longshore.registry.mirror;

import io.longshore.registry.model.RegistryException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** For how long an upstream is left alone, and why. Thread-safe. */
final class Rest {
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final LongSupplier nanos;
    private volatile Reason reason;

    private record Reason(RegistryException told, long untilNanos) {}

    /** @param nanos a clock such as {@link System#nanoTime} */
    Rest(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @throws RegistryException if the upstream is to be left alone now */
    void check() {
        Reason now = reason;
        if (now == null) {
            return;
        }
        long left = now.untilNanos() - nanos.getAsLong();
        if (left <= 0) {
            return;
        }
        if (now.told() instanceof RegistryException.TooManyRequests refused) {
            throw new RegistryException.TooManyRequests(
                    refused.getMessage(), Math.max(1, Duration.ofNanos(left).toSeconds()));
        }
        throw now.told();
    }

    void begin(RegistryException told) {
        begin(told, AFTER_FAILURE);
    }

    void begin(RegistryException told, Duration wanted) {
        Duration time = wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
        reason = new Reason(told, nanos.getAsLong() + time.toNanos());
    }

    /** It has answered. */
    void end() {
        reason = null;
    }
}
