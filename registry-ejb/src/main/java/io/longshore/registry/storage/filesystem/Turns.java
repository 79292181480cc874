package io.longshore.registry.storage.filesystem;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/** Lets so many file operations go on at once and no more; the others wait. Thread-safe. */
final class Turns {
    private final Semaphore free;

    Turns(int most) {
        free = new Semaphore(most);
    }

    /** What is done in a turn; it takes no other turn. */
    @FunctionalInterface
    interface Operation<T> {
        T run() throws IOException;
    }

    <T> T take(Operation<T> operation) throws IOException {
        free.acquireUninterruptibly();
        try {
            return operation.run();
        } finally {
            free.release();
        }
    }
}
