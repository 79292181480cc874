package io.longshore.registry.client.copy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The threads of one copy. Its first failure ends them all. Manifests wait for blobs, and never the other way round, so
 * that each have their own.
 */
final class Workers implements AutoCloseable {
    /** Something to be done. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }

    private final ExecutorService manifests;
    private final ExecutorService blobs;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Workers(int parallel) {
        manifests = Executors.newFixedThreadPool(parallel, Workers::thread);
        blobs = Executors.newFixedThreadPool(parallel, Workers::thread);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "longshore-copy");
        thread.setDaemon(true);
        return thread;
    }

    /** A task that is to be started, or run by whoever needs it first. */
    FutureTask<Void> task(Task task) {
        return new FutureTask<>(() -> {
            try {
                task.run();
                return null;
            } catch (Throwable e) {
                fail(e);
                throw e;
            }
        });
    }

    FutureTask<Void> startManifest(FutureTask<Void> task) {
        return start(manifests, task);
    }

    FutureTask<Void> startBlob(FutureTask<Void> task) {
        return start(blobs, task);
    }

    private static FutureTask<Void> start(ExecutorService pool, FutureTask<Void> task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            task.cancel(false);
        }
        return task;
    }

    /**
     * Returns when all are done.
     *
     * @throws IOException if one of them failed, or another did that ended them; so do other exceptions
     */
    void await(Collection<? extends Future<?>> tasks) throws IOException {
        for (Future<?> task : tasks) {
            try {
                task.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the copy was interrupted");
            } catch (ExecutionException | CancellationException e) {
                throw firstFailure(e);
            }
        }
    }

    private void fail(Throwable e) {
        if (failure.compareAndSet(null, e)) {
            end();
        }
    }

    /** What ended the copy, thrown as it is; returned only if it is an {@link IOException}. */
    private IOException firstFailure(Exception seen) {
        Throwable first = failure.get();
        if (first instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (first instanceof Error error) {
            throw error;
        }
        return first instanceof IOException io ? io : new InterruptedIOException("the copy was ended: " + seen);
    }

    private void end() {
        cancel(manifests);
        cancel(blobs);
    }

    private static void cancel(ExecutorService pool) {
        for (Runnable waiting : pool.shutdownNow()) {
            ((Future<?>) waiting).cancel(false);
        }
    }

    /** Returns when nothing is done any more. */
    @Override
    public void close() {
        end();
        boolean interrupted = false;
        while (!manifests.isTerminated() || !blobs.isTerminated()) {
            try {
                manifests.awaitTermination(1, TimeUnit.HOURS);
                blobs.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                // Those that are ended already do not take long.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
