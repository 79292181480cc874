package io.longshore.registry.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Threads that all ask for the same, of which the first is held until all others wait for it. */
public final class Crowd implements AutoCloseable {
    private final int size;
    private final List<Thread> threads = new ArrayList<>();
    private final ExecutorService executor;
    private final List<Future<?>> asking = new ArrayList<>();
    private final AtomicBoolean first = new AtomicBoolean(true);
    private final CountDownLatch others = new CountDownLatch(1);

    public Crowd(int size) {
        this.size = size;
        this.executor = Executors.newFixedThreadPool(size, task -> {
            Thread thread = new Thread(task);
            threads.add(thread);
            return thread;
        });
    }

    /** To be called by what they ask for, where only one of them is at a time. */
    public void holdTheFirst() {
        if (first.getAndSet(false)) {
            try {
                others.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Has all of them ask, and lets the first one go on when the others wait. */
    public void ask(Callable<?> question) {
        for (int i = 0; i < size; i++) {
            asking.add(executor.submit(question));
        }
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        others.countDown();
    }

    /** What the questions threw, when all have been answered. */
    public List<Throwable> failures() throws InterruptedException {
        List<Throwable> failures = new ArrayList<>();
        for (Future<?> each : asking) {
            try {
                each.get();
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            }
        }
        return failures;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
