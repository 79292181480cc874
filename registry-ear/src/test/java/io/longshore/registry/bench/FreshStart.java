package io.longshore.registry.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Measures a start: from the command to the first answer. Stateless. */
final class FreshStart {

    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final int PAUSE_MILLIS = 5;

    private FreshStart() {
    }

    /**
     * Stops the server and starts it again on its data, which the disk caches still hold.
     *
     * @return the time to the first 200 for {@code /v2/}, and the CPU time of the server until then
     */
    static Sample of(Server server) throws IOException {
        server.stop();
        long begin = System.nanoTime();
        CompletableFuture<Long> answer = CompletableFuture.supplyAsync(() -> firstAnswer(server, begin));
        server.start();
        try {
            long nanos = answer.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            return new Sample(1, nanos / 1e9, server.cpuSeconds(), new long[] {nanos});
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(server.name() + " does not answer after a start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + server.name() + " starts", e);
        }
    }

    private static long firstAnswer(Server server, long begin) {
        while (System.nanoTime() - begin < LONGEST.toNanos()) {
            try (RegistryCalls calls = server.connect()) {
                calls.get("/v2/");
                return System.nanoTime() - begin;
            } catch (IOException notYet) {
                pause();
            }
        }
        throw new IllegalStateException("no answer after " + LONGEST);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
