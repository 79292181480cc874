package io.longshore.registry.bench;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A server as those see it who show it something: a row of the report on access. It belongs to the server and is not
 * closed by itself.
 */
record Doorway(String name, Server server, Credential credential) implements Server {

    /** What a client shows with each request. */
    @FunctionalInterface
    interface Credential {
        Credential NONE = server -> "";

        /** The header field for a new connection, with CR and LF; empty for none. */
        String field(InetSocketAddress server) throws IOException;
    }

    @Override
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public double cpuSeconds() {
        return server.cpuSeconds();
    }

    @Override
    public void sampleMemory() {
        server.sampleMemory();
    }

    @Override
    public long peakKiB() {
        return server.peakKiB();
    }

    @Override
    public void stop() throws IOException {
        server.stop();
    }

    @Override
    public void start() throws IOException {
        server.start();
    }

    /** The credential has been accepted once: what is measured is how the server knows it again. */
    @Override
    public RegistryCalls connect() throws IOException {
        HttpConnection connection = new HttpConnection(address(), credential.field(address()));
        RegistryCalls calls = new RegistryCalls(connection, Pull.from(connection));
        calls.get("/v2/");
        return calls;
    }

    @Override
    public void close() {}
}
