package io.longshore.registry.database;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one thread at a time ask the database for what many wait for. Whoever waited while another one failed fails
 * with it and does not try as well: where each attempt lasts until a time-out, the last of a hundred would otherwise
 * wait for a hundred of them. Thread-safe.
 */
public final class OneAtATime {
    /** Fair: who comes after a failure, and tries anew, does not get ahead of those who are to fail with it. */
    private final ReentrantLock turn = new ReentrantLock(true);
    /** Of the attempt that ended last; null if it succeeded. */
    private volatile RuntimeException failure;

    /**
     * Does the work when nobody else does theirs.
     *
     * @throws RuntimeException what the work throws, or what that of another threw while this one waited
     */
    public <T> T run(Supplier<T> work) {
        RuntimeException before = failure;
        turn.lock();
        try {
            RuntimeException meanwhile = failure;
            if (meanwhile != null && meanwhile != before) {
                throw meanwhile;
            }
            return attempted(work);
        } finally {
            turn.unlock();
        }
    }

    private <T> T attempted(Supplier<T> work) {
        try {
            T result = work.get();
            failure = null;
            return result;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }
}
