package io.longshore.registry.web.body;

import io.longshore.registry.model.RegistryException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that request bodies may take together while they are read whole. A manifest takes several times its size
 * while it is understood and stored, so that some large ones at once would otherwise take all there is. Small bodies
 * need no room. Who came first is served first. Thread-safe.
 */
public final class BodyRoom {
    private static final int SMALL_BYTES = 64 << 10;
    private static final long SHARE_OF_HEAP = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final int roomKib;
    private final Duration patience;
    private final Semaphore freeKib;

    /** What a body takes until it is closed. */
    public interface Place extends AutoCloseable {

        /** Gives the room back; once. */
        @Override
        void close();
    }

    /**
     * @param roomBytes for all bodies together; one that is longer gets all of it
     * @param patience how long to wait for others
     */
    public BodyRoom(long roomBytes, Duration patience) {
        this.roomKib = (int) Math.max(1, Math.min(Integer.MAX_VALUE, roomBytes >> 10));
        this.patience = patience;
        this.freeKib = new Semaphore(roomKib, true);
    }

    /** As much as goes well with the memory of this JVM. */
    public static BodyRoom ofThisJvm() {
        return new BodyRoom(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, PATIENCE);
    }

    /**
     * Waits until there is room for a body. The caller closes the place when nothing of the body is needed any more.
     *
     * @param sizeBytes at most so long
     * @throws RegistryException.Unavailable if others do not make room in time
     */
    public Place take(int sizeBytes) {
        if (sizeBytes <= SMALL_BYTES) {
            return () -> {};
        }
        int kib = Math.min(roomKib, sizeBytes >> 10);
        try {
            if (freeKib.tryAcquire(kib, patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return () -> freeKib.release(kib);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RegistryException.Unavailable("too many large manifests at once; try again");
    }
}
