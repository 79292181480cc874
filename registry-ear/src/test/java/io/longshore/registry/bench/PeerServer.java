package io.longshore.registry.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The registry that Debian packages as {@code docker-registry}, without an access log. */
final class PeerServer implements Server {

    private static final String PROGRAM = "docker-registry";
    private static final int STOP_SECONDS = 60;

    private final Path program;
    private final Backend backend;
    private final Map<String, String> variables;
    private final Path data;
    private final Path log;
    private final Path configuration;
    private final InetSocketAddress address;
    private Process process;
    private long peakKiB;

    private PeerServer(Path program, Backend backend, Path data, Path log) throws IOException {
        this.program = program;
        this.backend = backend;
        this.variables = backend.variables(data);
        this.log = log;
        this.data = Files.createDirectories(data);
        this.address = freeAddress();
        this.configuration = Files.writeString(data.resolve("config.yml"), """
                version: 0.1
                log:
                  level: error
                  accesslog:
                    disabled: true
                storage:
                  cache:
                    blobdescriptor: inmemory
                  delete:
                    enabled: true
                http:
                  addr: %s:%d
                  secret: benchmark
                """.formatted(address.getHostString(), address.getPort()));
        start();
    }

    /**
     * Starts it, if it is installed.
     *
     * @param data a folder of its own, which {@link #close()} deletes
     * @param log the file that gets what it prints
     */
    static Optional<Server> startIfInstalled(Backend backend, Path data, Path log) throws IOException {
        Optional<Path> program = locate();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PeerServer(program.get(), backend, data, log));
    }

    /** What the program says of itself. */
    static String version() throws IOException {
        Optional<Path> program = locate();
        if (program.isEmpty()) {
            return "not installed: apt-get install " + PROGRAM;
        }
        Process version = new ProcessBuilder(program.get().toString(), "--version").redirectErrorStream(true).start();
        return new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public RegistryCalls connect() {
        return backend.connect(address);
    }

    @Override
    public double cpuSeconds() {
        return new ProcessTree(process.toHandle()).cpuSeconds();
    }

    @Override
    public void sampleMemory() {
        peakKiB = Math.max(peakKiB, new ProcessTree(process.toHandle()).peakResidentKiB());
    }

    @Override
    public long peakKiB() {
        return peakKiB;
    }

    @Override
    public void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("REGISTRY_") || name.startsWith("AWS_"));
        builder.environment().putAll(variables);
        process = builder.start();
    }

    @Override
    public void stop() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(PROGRAM + " did not stop");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            stop();
        }
        Folder.delete(data);
    }

    private static Optional<Path> locate() {
        String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress("127.0.0.1", socket.getLocalPort());
        }
    }
}
