package io.longshore.registry.upload;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Does once a minute what uploads need without a request. To be started and stopped by one thread. */
public final class UploadTimer {
    private static final long MINUTE_MILLIS = 60_000;
    private static final long STOP_SECONDS = 10;
    private static final System.Logger LOG = System.getLogger(UploadTimer.class.getName());

    /** Two, so that a long purge does not keep uploads from being touched. */
    private final List<Task> tasks;

    public UploadTimer(UploadService uploads, UploadPurge purge) {
        this.tasks = List.of(new Task(uploads::touchReceiving), new Task(purge::runWhenDue));
    }

    /** Begins within a minute: nodes that start together do not come together. */
    public void start(ScheduledExecutorService executor) {
        tasks.forEach(task -> task.start(executor));
    }

    /** Interrupts what is under way and waits a while for it; whatever is left is done another time. */
    public void stop() {
        tasks.forEach(Task::stop);
    }

    /** Something that is done again and again. */
    private static final class Task implements Runnable {
        private final Runnable work;
        private final ReentrantLock working = new ReentrantLock();
        private Future<?> ticks;

        Task(Runnable work) {
            this.work = work;
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
                work.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "uploads were not looked after this minute", e);
            } finally {
                working.unlock();
            }
        }

        /** What comes after, closes the store that the work uses. */
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
