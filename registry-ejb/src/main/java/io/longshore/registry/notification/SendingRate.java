package io.longshore.registry.notification;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How many requests a second this node may send to endpoints. As many as it can while processors are free; while they
 * are busy, half as many every quarter of a second, down to what is always permitted; when they are free again, the more
 * the longer. So pushes and pulls come first, and what is sent takes what they leave. Thread-safe.
 */
public final class SendingRate {
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** Of all processors, by whatever they do. */
    private static final double BUSY = 0.85;
    private static final double SLOWER = 0.5;
    private static final double FASTER = 1.25;
    /** More is not sent anyway. */
    private static final double UNLIMITED = 20_000;
    /** Takes about a hundredth of the processor. */
    private static final double ALWAYS_PER_PROCESSOR = 25;

    private final DoubleSupplier load;
    private final LongSupplier nanoTime;
    private final double always;
    private double rate = UNLIMITED;
    private long sampledNanos;
    private long turns;
    /** When the next turn is. */
    private long nextNanos;

    /**
     * @param load the share of all processors that are busy, 0 to 1, since it was asked before; negative if not known
     * @param nanoTime as {@link System#nanoTime}
     * @param processors how many there are
     */
    SendingRate(DoubleSupplier load, LongSupplier nanoTime, int processors) {
        this.load = load;
        this.nanoTime = nanoTime;
        this.always = ALWAYS_PER_PROCESSOR * processors;
        this.sampledNanos = nanoTime.getAsLong();
        this.nextNanos = sampledNanos;
    }

    /** Looks at the processors of this machine, or of the container. */
    public static SendingRate ofThisMachine() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new SendingRate(system::getCpuLoad, System::nanoTime, Runtime.getRuntime().availableProcessors());
    }

    /** Whether less is sent than could be. */
    synchronized boolean isLimited() {
        sample(nanoTime.getAsLong());
        return rate < UNLIMITED;
    }

    /** Takes the next turn to send one request, and says in how many nanoseconds it is; 0 for now. */
    synchronized long takeTurn() {
        long now = nanoTime.getAsLong();
        sample(now);
        turns++;
        if (rate >= UNLIMITED) {
            nextNanos = now;
            return 0;
        }
        long turn = Math.max(now, nextNanos);
        nextNanos = turn + (long) (TimeUnit.SECONDS.toNanos(1) / rate);
        return turn - now;
    }

    private void sample(long now) {
        long passed = now - sampledNanos;
        if (passed < SAMPLE_NANOS) {
            return;
        }
        double sent = turns * (double) TimeUnit.SECONDS.toNanos(1) / passed;
        rate = load.getAsDouble() > BUSY
                ? Math.max(always, Math.min(rate, sent) * SLOWER)
                : Math.min(UNLIMITED, rate * FASTER);
        turns = 0;
        sampledNanos = now;
    }
}
