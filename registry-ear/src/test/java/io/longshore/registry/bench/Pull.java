package io.longshore.registry.bench;

import io.longshore.registry.bench.HttpConnection.Sink;
import java.io.IOException;

/** How a client comes by the bytes of a blob. For one thread, but for {@link #close()}, as the connections it uses. */
@FunctionalInterface
interface Pull extends AutoCloseable {

    /**
     * Gets a blob; fails if it does not come the way that it is meant to.
     *
     * @param target where the registry has it
     * @param sink gets the bytes
     */
    Reply get(String target, Sink sink) throws IOException;

    @Override
    default void close() throws IOException {}

    /** The registry sends the bytes. The caller closes the connection. */
    static Pull from(HttpConnection registry) {
        return (target, sink) -> {
            Reply reply = registry.send("GET", target, "", sink);
            reply.require(200, "GET", target);
            return reply;
        };
    }
}
