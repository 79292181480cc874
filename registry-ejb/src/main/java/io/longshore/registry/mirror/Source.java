package io.longshore.registry.mirror;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.Repository;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;

/**
 * An upstream as this node asks it: never for what it has refused a moment ago, and not at all while it wants to be left
 * alone. Thread-safe.
 */
final class Source {
    private static final System.Logger LOG = System.getLogger(Source.class.getName());
    private static final Duration REFUSAL_REMEMBERED = Duration.ofSeconds(30);
    private static final Duration FAILURE_REMEMBERED = Duration.ofSeconds(5);
    private static final int MOST_REMEMBERED = 10_000;

    private final Upstream upstream;
    private final RegistryClient client;
    private final Gate gate;
    private final Rest rest;
    private final MirrorObserver observer;
    private final BooleanSupplier readOnly;
    private final Cache<Question, RegistryException> refusals = remembering(REFUSAL_REMEMBERED);
    private final Cache<Question, RegistryException> failures = remembering(FAILURE_REMEMBERED);

    Source(
            Upstream upstream, RegistryClient client, Gate gate, Rest rest, MirrorObserver observer,
            BooleanSupplier readOnly) {
        this.upstream = upstream;
        this.client = client;
        this.gate = gate;
        this.rest = rest;
        this.observer = observer;
        this.readOnly = readOnly;
    }

    /**
     * Asks nobody yet.
     *
     * @param readOnly whether nothing may be written at present, so that nothing is to be fetched
     */
    static Source of(Upstream upstream, MirrorObserver observer, BooleanSupplier readOnly) {
        return new Source(
                upstream, Clients.of(upstream.config()), new Gate(upstream, System::nanoTime, Gate.PATIENCE),
                new Rest(System::nanoTime), observer, readOnly);
    }

    private static Cache<Question, RegistryException> remembering(Duration time) {
        return Caffeine.newBuilder().expireAfterWrite(time).maximumSize(MOST_REMEMBERED).build();
    }

    /** What is asked of the client library. */
    @FunctionalInterface
    interface Call<T> {
        T send(Repository repository) throws IOException;
    }

    /** Reads an answer that has begun. */
    @FunctionalInterface
    interface Reading<A, T> {
        T read(A answer) throws IOException;
    }

    Upstream upstream() {
        return upstream;
    }

    /**
     * Asks the upstream.
     *
     * @throws RegistryException what clients are to be told if it does not give it
     */
    <T> T ask(Question question, Call<T> call) {
        return ask(question, call, answer -> answer);
    }

    /** As {@link #ask(Question, Call)}, of what takes long to read; meanwhile it counts as one of the connections. */
    <A, T> T ask(Question question, Call<A> call, Reading<A, T> reading) {
        check(question);
        Gate.Pass pass = gate.enter();
        long before = System.nanoTime();
        long begun = before;
        boolean failed = true;
        try {
            A answer = call.send(client.repository(question.repository()));
            begun = System.nanoTime();
            T read = reading.read(answer);
            rest.end();
            failed = false;
            return read;
        } catch (RegistryException e) {
            failed = e.kind() != RegistryException.Kind.NOT_FOUND;
            throw refused(question, e);
        } catch (IOException e) {
            throw failed(question, e);
        } finally {
            pass.close();
            long answered = begun == before ? System.nanoTime() : begun;
            observer.asked(upstream.name(), Duration.ofNanos(answered - before), failed);
        }
    }

    /** @throws RegistryException if the upstream need not be asked, as the answer is known */
    private void check(Question question) {
        for (Cache<Question, RegistryException> known : List.of(refusals, failures)) {
            RegistryException reason = known.getIfPresent(question);
            if (reason != null) {
                throw reason;
            }
        }
        rest.check();
        if (readOnly.getAsBoolean()) {
            throw new RegistryException.Unavailable(
                    "the registry is read-only at present, and fetches nothing from " + upstream);
        }
    }

    private RegistryException refused(Question question, RegistryException refusal) {
        RegistryException reason = Reasons.of(upstream, question, refusal);
        switch (reason.kind()) {
            case TOO_MANY_REQUESTS -> rest.begin(
                    reason, Duration.ofSeconds(((RegistryException.TooManyRequests) reason).retryAfterSeconds()));
            case UNAVAILABLE -> rest.begin(reason);
            default -> refusals.put(question, reason);
        }
        return reason;
    }

    /** An answer that is broken says nothing of others; a server that cannot be reached does. */
    private RegistryException failed(Question question, IOException failure) {
        RegistryException reason = Reasons.of(upstream, failure);
        LOG.log(Level.WARNING, "the mirrored registry {0} could not be asked for {1}: {2}", upstream, question,
                failure.getMessage());
        if (isOutOfReach(failure)) {
            rest.begin(reason);
        } else {
            failures.put(question, reason);
        }
        return reason;
    }

    private static boolean isOutOfReach(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpTimeoutException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    /** Remembers, as if the upstream had said so, that there is nothing of use. The same reason. */
    RegistryException refusing(Question question, RegistryException reason) {
        refusals.put(question, reason);
        return reason;
    }

    /** Is told what of this upstream is pulled. */
    MirrorObserver observer() {
        return observer;
    }
}
