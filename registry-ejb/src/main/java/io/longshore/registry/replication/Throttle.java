package io.longshore.registry.replication;

import io.longshore.registry.client.http.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets so many bytes pass in a second, by however many streams they come. Each piece that has passed keeps all streams
 * waiting for as long as it would have taken. Thread-safe.
 */
final class Throttle {
    /** At once, lest others wait for long. */
    static final int PIECE_BYTES = 16 << 10;

    private static final double SECOND_NANOS = 1e9;
    /** Who waits longer, looks whether that still holds. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final LongSupplier clock;
    private OptionalLong bytesPerSecond = OptionalLong.empty();
    private long freeAt;

    Throttle() {
        this(System::nanoTime);
    }

    /** @param clock of nanoseconds */
    Throttle(LongSupplier clock) {
        this.clock = clock;
        this.freeAt = clock.getAsLong();
    }

    /** @param speed in bytes per second, for who waits as well; empty for any */
    synchronized void set(OptionalLong speed) {
        if (!speed.equals(bytesPerSecond)) {
            bytesPerSecond = speed;
            freeAt = clock.getAsLong();
        }
    }

    /** The same bytes, no faster than that. */
    Content slowed(Content content) {
        return () -> new Slowed(content.open());
    }

    /** For how many nanoseconds nothing may pass; 0 or less if something may now. */
    synchronized long nanosToWait() {
        return bytesPerSecond.isEmpty() ? 0 : freeAt - clock.getAsLong();
    }

    /** Something has passed. */
    synchronized void passed(int bytes) {
        if (bytesPerSecond.isPresent()) {
            long nanos = (long) (bytes * SECOND_NANOS / bytesPerSecond.getAsLong());
            freeAt = Math.max(freeAt - clock.getAsLong(), 0) + clock.getAsLong() + nanos;
        }
    }

    private void await() throws IOException {
        try {
            for (long nanos = nanosToWait(); nanos > 0; nanos = nanosToWait()) {
                TimeUnit.NANOSECONDS.sleep(Math.min(nanos, LOOK_NANOS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while bytes were held back");
        }
    }

    private final class Slowed extends FilterInputStream {
        Slowed(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            await();
            int count = in.read(bytes, offset, Math.min(length, PIECE_BYTES));
            if (count > 0) {
                passed(count);
            }
            return count;
        }
    }
}
