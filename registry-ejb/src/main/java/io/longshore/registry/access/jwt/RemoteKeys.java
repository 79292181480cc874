package io.longshore.registry.access.jwt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Keys that a server publishes as a JSON Web Key Set. They are fetched when they are first needed, every five minutes
 * while they are, and once more for a key that is not among them, though not more often than every ten seconds. While
 * that fails, the old ones go on, for a day. Only a token with a key that is not known waits for the server.
 */
public final class RemoteKeys implements TrustedKeys {
    private static final System.Logger LOG = System.getLogger(RemoteKeys.class.getName());

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(1);

    private record Fetched(KeySet keys, Instant at) {}

    private final String name;
    private final Supplier<CompletableFuture<byte[]>> server;
    private final Clock clock;

    private volatile Fetched last;
    private Optional<CompletableFuture<KeySet>> underway = Optional.empty();
    private Instant begun = Instant.MIN;
    private boolean failed;

    /**
     * @param name of the server, for messages
     * @param server fetches the set, and gives up some time
     */
    public RemoteKeys(String name, Supplier<CompletableFuture<byte[]>> server, Clock clock) {
        this.name = name;
        this.server = server;
        this.clock = clock;
    }

    @Override
    public List<TrustedKey> find(KeyHint hint) throws IOException {
        Instant now = clock.instant();
        Optional<Fetched> known = Optional.ofNullable(last).filter(keys -> now.isBefore(keys.at().plus(LONGEST)));
        if (known.isPresent() && !now.isBefore(known.get().at().plus(FRESH))) {
            fetch(now);
        }
        List<TrustedKey> found = known.map(keys -> keys.keys().find(hint.id())).orElse(List.of());
        if (!found.isEmpty() || known.isPresent() && hint.id().isEmpty()) {
            return found;
        }
        Optional<CompletableFuture<KeySet>> fetch = fetch(now);
        return (fetch.isPresent() ? await(fetch.get()) : justFetched()).find(hint.id());
    }

    private synchronized KeySet justFetched() throws IOException {
        if (failed || last == null) {
            throw new IOException("the keys of " + name + " are not known now");
        }
        return last.keys();
    }

    /** The one that is under way, or a new one; empty if it is too early for that. */
    private synchronized Optional<CompletableFuture<KeySet>> fetch(Instant now) {
        if (underway.isPresent() || now.isBefore(earliest())) {
            return underway;
        }
        begun = now;
        CompletableFuture<KeySet> fetch = server.get().thenApply(RemoteKeys::parse);
        underway = Optional.of(fetch);
        // It may have ended already, on this thread.
        fetch.whenComplete((keys, failure) -> end(keys, failure));
        return Optional.of(fetch);
    }

    private Instant earliest() {
        return begun.equals(Instant.MIN) ? begun : begun.plus(PAUSE);
    }

    private static KeySet parse(byte[] json) {
        try {
            return KeySet.parse(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void end(KeySet keys, Throwable failure) {
        underway = Optional.empty();
        if (failure != null) {
            LOG.log(failed ? Level.DEBUG : Level.WARNING, "no keys: {0}", reason(failure));
        } else {
            last = new Fetched(keys, clock.instant());
            if (failed || keys.size() == 0) {
                LOG.log(Level.INFO, "{0} has {1} keys", name, keys.size());
            }
        }
        failed = failure != null;
    }

    private String reason(Throwable failure) {
        String message = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            message = cause.getMessage() == null ? message : cause.getMessage();
        }
        return "the keys of " + name + " cannot be fetched: " + message;
    }

    private KeySet await(CompletableFuture<KeySet> fetch) throws IOException {
        try {
            return fetch.get();
        } catch (ExecutionException e) {
            throw new IOException(reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the keys of " + name + " were fetched", e);
        }
    }
}
