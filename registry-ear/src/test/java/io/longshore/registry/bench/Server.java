package io.longshore.registry.bench;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A registry that is measured. It runs from its construction to {@link #close()}, which leaves nothing behind. */
interface Server extends AutoCloseable {

    /** As it stands in the report. */
    String name();

    InetSocketAddress address();

    /** User and system time of all its processes since they started, in seconds. */
    double cpuSeconds();

    /** Looks how much memory it uses now; {@link #peakKiB()} is made of such looks. */
    void sampleMemory();

    /** The most memory that was seen, over all its starts. */
    long peakKiB();

    /** Ends it in good order and returns when it has ended. */
    void stop() throws IOException;

    /** Starts it again on the same address and data; it may return before the server answers. */
    void start() throws IOException;

    @Override
    void close() throws IOException;

    /** A connection that the caller closes. */
    RegistryCalls connect() throws IOException;
}
