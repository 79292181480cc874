package io.longshore.registry.replication;

/** A task that this node has taken on. Thread-safe. */
final class Claim {
    private final Task task;
    private Thread thread;
    private boolean isLost;

    Claim(Task task) {
        this.task = task;
    }

    Task task() {
        return task;
    }

    /** It is done by this thread from now on. */
    synchronized void begin() {
        thread = Thread.currentThread();
        if (isLost) {
            thread.interrupt();
        }
    }

    /** To be called by that thread, when it does nothing for it any more. An interrupt that was meant for it is over. */
    synchronized void end() {
        thread = null;
        Thread.interrupted();
    }

    /** Whoever does it is interrupted, now or when they begin. */
    synchronized void lose() {
        isLost = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
