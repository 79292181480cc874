package io.longshore.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void asksTheDatabaseNoMoreOftenThanItHasTo() {
        try (Backlog backlog = new Backlog(() -> {
            asked.incrementAndGet();
            return List.of();
        }, nanos::get)) {
            assertThat(backlog.now()).contains(List.of());
            nanos.addAndGet(Backlog.FRESH_NANOS - 1);
            assertThat(backlog.now()).contains(List.of());
            assertThat(asked).hasValue(1);

            nanos.incrementAndGet();
            assertThat(backlog.now()).contains(List.of());
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void saysNothingWhileTheDatabaseFailsAndComesBack() {
        try (Backlog backlog = new Backlog(() -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("no database");
            }
            return List.of();
        }, nanos::get)) {
            assertThat(backlog.now()).isEmpty();
            assertThat(backlog.now()).as("nor is it asked again at once").isEmpty();
            assertThat(asked).hasValue(1);

            nanos.addAndGet(Backlog.FRESH_NANOS);
            assertThat(backlog.now()).contains(List.of());
        }
    }

    @Test
    void waitsForADatabaseThatHangsNoLongerThanAScrapeMay() {
        CountDownLatch hanging = new CountDownLatch(1);
        try (Backlog backlog = new Backlog(() -> {
            asked.incrementAndGet();
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        }, nanos::get)) {
            assertThat(backlog.now()).isEmpty();
            nanos.addAndGet(Backlog.FRESH_NANOS);
            assertThat(backlog.now()).isEmpty();
            assertThat(asked).as("one question at a time").hasValue(1);
            hanging.countDown();
        }
    }
}
