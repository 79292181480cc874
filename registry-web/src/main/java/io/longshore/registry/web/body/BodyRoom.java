package io.longshore.registry.web.body;

import io.longshore.registry.model.RegistryException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that request bodies may take together while they are read whole. A manifest takes several times its size
 * while it is understood and stored, so that some large ones at once would otherwise take all there is. Small bodies
 * need no room, and larger ones only as much as has come of them. Thread-safe, but each place is its body's alone.
 *
 * <p>Once all room is taken, one body at a time may grow without, so that bodies that are half read cannot block each
 * other; the others wait for that, who came first first.
 */
public final class BodyRoom {
    /** So much of each body needs no room. */
    static final int SMALL_BYTES = 64 << 10;

    private static final long SHARE_OF_HEAP = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Duration patience;
    private final Semaphore freeKib;
    private final Semaphore beyond = new Semaphore(1, true);

    /**
     * @param roomBytes for all bodies together
     * @param patience how long to wait for others
     */
    public BodyRoom(long roomBytes, Duration patience) {
        this.patience = patience;
        this.freeKib = new Semaphore((int) Math.min(Integer.MAX_VALUE, roomBytes >> 10));
    }

    /** As much as goes well with the memory of this JVM. */
    public static BodyRoom ofThisJvm() {
        return new BodyRoom(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, PATIENCE);
    }

    /** A place that takes nothing yet. The caller closes it when nothing of the body is needed any more. */
    public Place open() {
        return new Place();
    }

    /** What a body takes until it is closed. */
    public final class Place implements AutoCloseable {
        private int takenKib;
        private boolean isBeyond;

        private Place() {}

        /**
         * Waits until there is room for a body of this size in all.
         *
         * @throws RegistryException.Unavailable if others do not make room in time
         */
        void growTo(int sizeBytes) {
            int missingKib = ((sizeBytes - SMALL_BYTES) >> 10) - takenKib;
            if (missingKib <= 0 || isBeyond) {
                return;
            }
            if (freeKib.tryAcquire(missingKib)) {
                takenKib += missingKib;
                return;
            }
            isBeyond = waitForTurn();
            if (!isBeyond) {
                throw new RegistryException.Unavailable("too many large manifests at once; try again");
            }
        }

        private boolean waitForTurn() {
            try {
                return beyond.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Gives the room back; idempotent. */
        @Override
        public void close() {
            freeKib.release(takenKib);
            takenKib = 0;
            if (isBeyond) {
                beyond.release();
                isBeyond = false;
            }
        }
    }
}
