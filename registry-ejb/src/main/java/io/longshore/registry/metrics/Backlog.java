package io.longshore.registry.metrics;

import io.longshore.registry.notification.EndpointStatus;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What endpoints are still to be told. The database knows, and is asked once in five seconds at most, however often
 * this is; whoever asks waits for it for two seconds at most. Thread-safe.
 */
final class Backlog implements AutoCloseable {
    static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
    private static final System.Logger LOG = System.getLogger(Backlog.class.getName());
    private static final long PATIENCE_SECONDS = 2;

    private final Supplier<List<EndpointStatus>> source;
    private final LongSupplier nanos;
    /** The one thread ends when it has nothing to do for a while. */
    private final ExecutorService executor;
    private CompletableFuture<List<EndpointStatus>> answer;
    private long askedNanos;

    /** @param nanos a clock such as {@link System#nanoTime} */
    Backlog(Supplier<List<EndpointStatus>> source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
        ThreadPoolExecutor one = new ThreadPoolExecutor(
                1, 1, FRESH_NANOS, TimeUnit.NANOSECONDS, new LinkedBlockingQueue<>(), Backlog::thread);
        one.allowCoreThreadTimeOut(true);
        executor = one;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "metrics of webhooks");
        thread.setDaemon(true);
        return thread;
    }

    /** As it was a few seconds ago; empty if the database does not say. */
    Optional<List<EndpointStatus>> now() {
        try {
            return Optional.of(latest().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            LOG.log(Level.DEBUG, "metrics: the database does not say what is pending", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized CompletableFuture<List<EndpointStatus>> latest() {
        if (answer == null || answer.isDone() && nanos.getAsLong() - askedNanos >= FRESH_NANOS) {
            askedNanos = nanos.getAsLong();
            answer = CompletableFuture.supplyAsync(source, executor);
        }
        return answer;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
