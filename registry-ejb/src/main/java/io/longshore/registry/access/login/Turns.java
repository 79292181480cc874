package io.longshore.registry.access.login;

import io.longshore.registry.model.RegistryException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets few credentials be checked at once: hashes of passwords are meant to keep processors busy, and whoever sends many
 * wrong ones must leave some for the others. Thread-safe.
 */
final class Turns {
    private static final int LONGEST_WAIT_SECONDS = 10;

    /** More than there are processors: some authenticators wait for other servers meanwhile. */
    private final Semaphore turns = new Semaphore(Math.max(8, 2 * Runtime.getRuntime().availableProcessors()), true);

    /**
     * Does it when it is its turn.
     *
     * @throws RegistryException.Unavailable if it is not for a long time
     */
    <T> T take(Supplier<T> work) {
        boolean taken = false;
        try {
            taken = turns.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            if (!taken) {
                throw new RegistryException.Unavailable("too many logins at once; try again later");
            }
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException.Unavailable("the registry is stopping");
        } finally {
            if (taken) {
                turns.release();
            }
        }
    }
}
