package io.longshore.registry.access.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.longshore.registry.access.Identity;
import io.longshore.registry.model.RegistryException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Remembers for a while who somebody was found to be. Many may ask for the same at the same time: one finds out, and
 * the others wait for that. Nobody waits for who asks for something else, however long that takes. Thread-safe.
 *
 * @param <K> what is asked about
 */
final class Memory<K> {
    private static final int MOST_REMEMBERED = 100_000;

    private final Cache<K, CompletableFuture<Optional<Identity>>> known;

    /**
     * @param time since it was begun to be found out
     * @param nanos a clock such as {@link System#nanoTime}
     */
    Memory(Duration time, LongSupplier nanos) {
        this.known = Caffeine.newBuilder()
                .expireAfterWrite(time)
                .maximumSize(MOST_REMEMBERED)
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * What is remembered, or else what is found.
     *
     * @param keep whether what was found is worth remembering; failures are not
     * @throws RegistryException what {@code find} throws, to all who wait for it
     */
    Optional<Identity> get(K key, Supplier<Optional<Identity>> find, Predicate<Optional<Identity>> keep) {
        // Finding is slow, and must not happen while the cache holds a lock that others wait for.
        CompletableFuture<Optional<Identity>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<Identity>> others = known.asMap().putIfAbsent(key, mine);
        return others == null ? found(key, mine, find, keep) : joined(others);
    }

    private Optional<Identity> found(
            K key, CompletableFuture<Optional<Identity>> mine, Supplier<Optional<Identity>> find,
            Predicate<Optional<Identity>> keep) {
        boolean kept = false;
        try {
            Optional<Identity> found = find.get();
            kept = keep.test(found);
            mine.complete(found);
            return found;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            if (!kept) {
                known.asMap().remove(key, mine);
            }
        }
    }

    private static Optional<Identity> joined(CompletableFuture<Optional<Identity>> finding) {
        try {
            return finding.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RegistryException answer) {
                throw answer;
            }
            throw e;
        }
    }
}
