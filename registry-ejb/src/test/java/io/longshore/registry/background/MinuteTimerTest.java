package io.longshore.registry.background;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.background.MinuteTimer.Task;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MinuteTimerTest {
    private final ScheduledThreadPoolExecutor executor = new MinutesAsMillis();

    /** Whose minutes are short. */
    private static final class MinutesAsMillis extends ScheduledThreadPoolExecutor {
        MinutesAsMillis() {
            super(2);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long delay, TimeUnit unit) {
            return super.scheduleWithFixedDelay(work, 0, 1, TimeUnit.MILLISECONDS);
        }
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void doesAgainWhatHasFailed() throws InterruptedException {
        CountDownLatch exceptions = new CountDownLatch(3);
        CountDownLatch errors = new CountDownLatch(3);
        MinuteTimer timer = new MinuteTimer(List.of(
                new Task("a", () -> {
                    exceptions.countDown();
                    throw new IllegalStateException("a fails");
                }),
                new Task("b", () -> {
                    errors.countDown();
                    throw new AssertionError("b fails");
                })));

        timer.start(executor);

        assertThat(exceptions.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(errors.await(1, TimeUnit.MINUTES)).isTrue();
        timer.stop();
    }

    @Test
    void doesTheOthersWhileOneTakesLong() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(3);
        MinuteTimer timer = new MinuteTimer(List.of(new Task("long", () -> await(end)), new Task("b", others::countDown)));

        timer.start(executor);

        assertThat(others.await(1, TimeUnit.MINUTES)).isTrue();
        end.countDown();
        timer.stop();
    }

    @Test
    void interruptsWhatIsUnderWayAndWaitsForIt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        MinuteTimer timer = new MinuteTimer(List.of(new Task("long", () -> {
            begun.countDown();
            interrupted.set(!await(new CountDownLatch(1)));
        })));
        timer.start(executor);
        begun.await();

        timer.stop();

        assertThat(interrupted).isTrue();
    }

    @Test
    void stopsThoughItWasNeverStarted() {
        AtomicBoolean done = new AtomicBoolean();

        new MinuteTimer(List.of(new Task("a", () -> done.set(true)))).stop();

        assertThat(done).isFalse();
    }

    /** Whether it was not interrupted. */
    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
