package io.longshore.registry.client.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one write after the other, and those go that are interrupted while they wait. Thread-safe. */
final class Turns {
    private final ReentrantLock lock = new ReentrantLock();

    /** Something to be written. */
    @FunctionalInterface
    interface Turn {
        void take() throws IOException;
    }

    void take(Turn turn) throws IOException {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before it could be written");
        }
        try {
            turn.take();
        } finally {
            lock.unlock();
        }
    }
}
