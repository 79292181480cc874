package io.longshore.registry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final Throttle throttle = new Throttle(nanos::get);
    private final byte[] bytes = new byte[100_000];

    ThrottleTest() {
        new Random(3).nextBytes(bytes);
    }

    private InputStream slowed(Throttle by) throws IOException {
        return by.slowed(() -> new ByteArrayInputStream(bytes)).open();
    }

    @Test
    void letsAllPassAtOnceIfThereIsNoLimit() throws IOException {
        throttle.passed(1 << 30);

        assertThat(throttle.nanosToWait()).isZero();
        assertThat(slowed(throttle).readAllBytes()).isEqualTo(bytes);
    }

    @Test
    void letsAsManyPassInASecondAsItMay() {
        throttle.set(OptionalLong.of(100_000));
        long begin = nanos.get();
        for (int i = 0; i < 1000; i++) {
            nanos.addAndGet(Math.max(0, throttle.nanosToWait()));
            throttle.passed(1000);
        }

        assertThat(nanos.get() - begin).isEqualTo(TimeUnit.SECONDS.toNanos(10) - TimeUnit.MILLISECONDS.toNanos(10));
    }

    @Test
    void givesNobodyBackTheTimeInWhichNothingCame() {
        throttle.set(OptionalLong.of(1000));
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        throttle.passed(1000);

        assertThat(throttle.nanosToWait()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void isFasterAtOnceIfItMayBe() {
        throttle.set(OptionalLong.of(1));
        throttle.passed(1_000_000);
        throttle.set(OptionalLong.of(1_000_000));

        assertThat(throttle.nanosToWait()).isZero();
    }

    @Test
    void changesNoByte() throws IOException {
        Throttle real = new Throttle();
        real.set(OptionalLong.of(10_000_000));

        assertThat(slowed(real).readAllBytes()).isEqualTo(bytes);
    }

    @Test
    void whoWaitsCanBeInterrupted() throws IOException {
        throttle.set(OptionalLong.of(1));
        InputStream slowed = slowed(throttle);
        assertThat(slowed.read(new byte[10])).isPositive();
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> slowed.read(new byte[10]));

        assertThat(Thread.interrupted()).isTrue();
    }
}
