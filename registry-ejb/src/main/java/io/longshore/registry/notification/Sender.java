package io.longshore.registry.notification;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sends events to endpoints. Thread-safe. */
public interface Sender extends AutoCloseable {

    /**
     * Begins to send events in one request, and returns at once.
     *
     * @param events at least one, in order; at most as many as the endpoint takes
     * @return never fails: what goes wrong is in the answer
     */
    CompletableFuture<Answer> send(Endpoint endpoint, List<Event> events);

    /** Ends what is under way. */
    @Override
    void close();
}
