package io.longshore.registry.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/** Where the servers keep their blobs, each in a place of its own, and what can be measured there. */
interface Backend extends AutoCloseable {

    /** As it stands in the report. */
    String description();

    /**
     * The variables that make a server keep its blobs in a new place; both servers know them by the same names.
     *
     * @param data the folder of the server
     */
    Map<String, String> variables(Path data);

    /** A connection to a server that keeps its blobs here; the caller closes it. */
    RegistryCalls connect(InetSocketAddress server);

    /** What is measured, with data made from this seed. */
    Suite suite(Scale scale, long seed);

    @Override
    void close() throws IOException;

    /**
     * Set by {@code bench.storage} and {@code bench.redirect}. The caller closes it, after the servers.
     *
     * @param folder for what it keeps outside the folders of the servers; the caller deletes it
     */
    static Backend fromSystemProperties(Path folder) throws IOException {
        boolean redirect = Boolean.getBoolean("bench.redirect");
        String name = System.getProperty("bench.storage", "filesystem");
        if (name.equals("s3")) {
            return S3Backend.start(folder, redirect);
        }
        if (!name.equals("filesystem") || redirect) {
            throw new IllegalArgumentException("bench.storage=" + name + ", bench.redirect=" + redirect);
        }
        return new FileBackend();
    }
}
