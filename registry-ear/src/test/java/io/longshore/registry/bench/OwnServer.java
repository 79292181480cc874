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

/** This product with its embedded database. */
final class OwnServer implements Server {

    private final String name;
    private final Backend backend;
    private final Path data;
    private final Path log;
    private final RegistryServer server;
    private long peakKiB;
    private long peakDatabaseKiB;

    /** Starts it as {@link #OwnServer(String, Backend, Map, Path, Path)} does, with all other settings as they come. */
    OwnServer(Backend backend, Path data, Path log) {
        this("Longshore", backend, Map.of(), data, log);
    }

    /**
     * Starts it and returns when it answers.
     *
     * @param settings variables, beside those that say where the blobs are
     * @param data a folder of its own, which {@link #close()} deletes
     * @param log where its log is then kept
     */
    OwnServer(String name, Backend backend, Map<String, String> settings, Path data, Path log) {
        this.name = name;
        this.backend = backend;
        this.data = data;
        this.log = log;
        Map<String, String> variables = new HashMap<>(backend.variables(data));
        variables.putAll(settings);
        variables.put("REGISTRY_DATA", data.toString());
        this.server = RegistryServer.start(variables);
    }

    @Override
    public String name() {
        return name;
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
