package io.longshore.registry.storage.memory;

import io.longshore.registry.storage.StorageFullException;
import java.util.concurrent.atomic.AtomicLong;

/** The room that stages and blobs share. Thread-safe. */
final class Room {
    private final long capacityBytes;
    private final AtomicLong takenBytes = new AtomicLong();

    Room(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    /** Takes all of {@code bytes} or, if there is less left, nothing. */
    void take(long bytes) throws StorageFullException {
        long taken;
        do {
            taken = takenBytes.get();
            if (bytes > capacityBytes - taken) {
                throw new StorageFullException(
                        "no room for " + bytes + " bytes: " + taken + " of " + capacityBytes + " are taken");
            }
        } while (!takenBytes.compareAndSet(taken, taken + bytes));
    }

    void giveBack(long bytes) {
        takenBytes.addAndGet(-bytes);
    }
}
