package io.longshore.registry.background;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Does once a minute what has to be done without a request. To be started and stopped by one thread. Tasks do not wait
 * for each other: one that takes long keeps only itself.
 */
public final class MinuteTimer {
    private static final long MINUTE_MILLIS = 60_000;
    private static final long STOP_SECONDS = 10;
    private static final System.Logger LOG = System.getLogger(MinuteTimer.class.getName());

    private final List<Ticking> tasks;

    /**
     * Something to be done again and again, on every node. What only one of them is to do, it finds out by itself.
     *
     * @param name of what is not done if it fails, for the log
     */
    public record Task(String name, Runnable work) {}

    public MinuteTimer(List<Task> tasks) {
        this.tasks = tasks.stream().map(Ticking::new).toList();
    }

    /** Begins within a minute: nodes that start together do not come together. */
    public void start(ScheduledExecutorService executor) {
        tasks.forEach(task -> task.start(executor));
    }

    /** Interrupts what is under way and waits a while for it; whatever is left is done another time. */
    public void stop() {
        tasks.forEach(Ticking::stop);
    }

    private static final class Ticking implements Runnable {
        private final Task task;
        private final ReentrantLock working = new ReentrantLock();
        private Future<?> ticks;

        Ticking(Task task) {
            this.task = task;
        }

        void start(ScheduledExecutorService executor) {
            long first = ThreadLocalRandom.current().nextLong(MINUTE_MILLIS);
            ticks = executor.scheduleWithFixedDelay(this, first, MINUTE_MILLIS, TimeUnit.MILLISECONDS);
        }

        /** Lets nothing out: whatever is thrown would end the timer for good. */
        @Override
        public void run() {
            working.lock();
            try {
                task.work().run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, () -> task.name() + ": not done this minute", e);
            } finally {
                working.unlock();
            }
        }

        /** What comes after, closes what the work uses. */
        void stop() {
            if (ticks == null) {
                return;
            }
            ticks.cancel(true);
            try {
                if (working.tryLock(STOP_SECONDS, TimeUnit.SECONDS)) {
                    working.unlock();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
