package io.longshore.registry.bench;

import io.longshore.registry.it.RegistryServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** This product with its embedded database; but for where the blobs are, all settings as they come. */
final class OwnServer implements Server {

    private final Backend backend;
    private final Path data;
    private final Path log;
    private final RegistryServer server;
    private long peakKiB;
    private long peakDatabaseKiB;

    /**
     * Starts it and returns when it answers.
     *
     * @param data a folder of its own, which {@link #close()} deletes
     * @param log where its log is then kept
     */
    OwnServer(Backend backend, Path data, Path log) {
        this.backend = backend;
        this.data = data;
        this.log = log;
        Map<String, String> variables = new HashMap<>(backend.variables(data));
        variables.put("REGISTRY_DATA", data.toString());
        this.server = RegistryServer.start(variables);
    }

    @Override
    public String name() {
        return "Longshore";
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(server.uri().getHost(), server.uri().getPort());
    }

    @Override
    public RegistryCalls connect() {
        return backend.connect(address());
    }

    /** The database is no child of the server's JVM: what started it has ended. */
    @Override
    public double cpuSeconds() {
        return Stream.concat(Stream.of(server.process()), server.databaseProcess().stream())
                .mapToDouble(process -> new ProcessTree(process).cpuSeconds())
                .sum();
    }

    @Override
    public void sampleMemory() {
        peakKiB = Math.max(peakKiB, new ProcessTree(server.process()).peakResidentKiB());
        long database = server.databaseProcess().map(ProcessTree::new).map(ProcessTree::proportionalKiB).orElse(0L);
        peakDatabaseKiB = Math.max(peakDatabaseKiB, database);
    }

    @Override
    public long peakKiB() {
        return peakKiB + peakDatabaseKiB;
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void start() {
        server.restart();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.move(data.resolve("server/log/server.log"), log, StandardCopyOption.REPLACE_EXISTING);
        Folder.delete(data);
    }
}
