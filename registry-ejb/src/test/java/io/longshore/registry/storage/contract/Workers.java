package io.longshore.registry.storage.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several threads that set out together. */
public final class Workers {
    private static final long HUNG_AFTER_MINUTES = 5;

    private Workers() {}

    /** What one of the threads does. */
    @FunctionalInterface
    public interface Work {
        /** Runs in thread {@code index}, counted from 0. */
        void run(int index) throws Exception;
    }

    /** Runs all of {@code works} at once, each in a thread of its own, and throws what one of them throws. */
    public static void runTogether(List<? extends Callable<?>> works) throws Exception {
        CyclicBarrier start = new CyclicBarrier(works.size());
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Callable<?> work : works) {
                running.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            for (Future<?> one : running) {
                one.get(HUNG_AFTER_MINUTES, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Runs {@code work} in {@code count} threads at once. */
    public static void run(int count, Work work) throws Exception {
        List<Callable<?>> works = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            works.add(numbered(work, index));
        }
        runTogether(works);
    }

    private static Callable<?> numbered(Work work, int index) {
        return () -> {
            work.run(index);
            return null;
        };
    }
}
