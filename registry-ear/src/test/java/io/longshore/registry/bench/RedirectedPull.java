package io.longshore.registry.bench;

import io.longshore.registry.bench.HttpConnection.Sink;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The registry says where in the store the blob is, and the store sends the bytes. */
final class RedirectedPull implements Pull {

    private final HttpConnection registry;
    private final HttpConnection store;

    /** @param registry a connection that the caller closes */
    RedirectedPull(HttpConnection registry, InetSocketAddress store) {
        this.registry = registry;
        this.store = new HttpConnection(store);
    }

    @Override
    public Reply get(String target, Sink sink) throws IOException {
        Reply elsewhere = registry.send("GET", target, "", Sink.NONE);
        elsewhere.require(307, "GET", target);
        String address = elsewhere.locationPath();
        Reply reply = store.send("GET", address, "", sink);
        reply.require(200, "GET", address);
        return reply;
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
