package io.longshore.registry.notification.http;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * Threads on which requests begin. The JVM finds addresses by blocking, for as long as a name server is silent: so a few
 * threads at most are busy with the same host, and what else is to begin there stands in line without a thread.
 * Thread-safe.
 */
final class Lookups implements AutoCloseable {
    static final int MOST_OF_A_HOST = 2;
    private static final int MOST = 16;

    private final ExecutorService threads = Threads.pool("webhook-lookups", MOST);
    /** Of the hosts of which anything is under way; its lock is held by whoever changes any. */
    private final Map<String, Line> lines = new HashMap<>();

    private static final class Line {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        /** How much of this host is under way. */
        private int busy;
    }

    /**
     * Does this as soon as it is its turn; what is for the same host begins in order.
     *
     * @param work throws nothing
     * @throws RejectedExecutionException if this is closed
     */
    void execute(String host, Runnable work) {
        synchronized (lines) {
            Line line = lines.computeIfAbsent(host, added -> new Line());
            if (line.busy == MOST_OF_A_HOST) {
                line.waiting.add(work);
                return;
            }
            line.busy++;
            threads.execute(() -> run(host, work));
        }
    }

    private void run(String host, Runnable work) {
        try {
            work.run();
        } finally {
            goOn(host);
        }
    }

    /** Behind what waits for other hosts: a long line must not keep its threads. */
    private void goOn(String host) {
        synchronized (lines) {
            Line line = lines.get(host);
            Runnable next = line.waiting.poll();
            if (next != null) {
                begin(host, next);
                return;
            }
            line.busy--;
            if (line.busy == 0) {
                lines.remove(host);
            }
        }
    }

    private void begin(String host, Runnable next) {
        try {
            threads.execute(() -> run(host, next));
        } catch (RejectedExecutionException e) {
            // It is closed, and nobody waits for the others any more.
        }
    }

    /** What has not begun never begins. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
