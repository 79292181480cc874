package io.longshore.registry.it.mirror;

import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The registry that Debian packages as {@code docker-registry}, with all of its data in one folder, and a log of each
 * request. Ends with {@link #close}, or with this JVM.
 */
public final class DockerRegistry implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path configuration;
    private final Path log;
    private final int port;
    private final Thread lastResort = new Thread(this::stop);
    private Process process;

    private DockerRegistry(Path folder, int port) throws IOException {
        this.port = port;
        this.log = folder.resolve("registry.log");
        this.configuration = Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log:
                  accesslog:
                    disabled: false
                storage:
                  filesystem:
                    rootdirectory: %s
                  delete:
                    enabled: true
                http:
                  addr: 127.0.0.1:%d
                  secret: test
                """.formatted(folder.resolve("storage"), port));
    }

    /** Starts one and returns when it answers. Where it is not installed, the test is skipped, or failed if it must be. */
    public static DockerRegistry start(Path folder) {
        if (!Files.isExecutable(PROGRAM)) {
            String message = "docker-registry is not installed: apt-get install docker-registry";
            if (Boolean.getBoolean("clients.required")) {
                Assertions.fail(message);
            }
            Assumptions.abort(message);
        }
        try {
            DockerRegistry registry = new DockerRegistry(Files.createDirectories(folder), freePort());
            Runtime.getRuntime().addShutdownHook(registry.lastResort);
            registry.start();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts it again, with the same data at the same port. */
    public void start() {
        try {
            process = new ProcessBuilder(PROGRAM.toString(), "serve", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!answers()) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                    throw new AssertionError("docker-registry did not start\n" + Files.readString(log));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while docker-registry started", e);
        }
    }

    private boolean answers() {
        try {
            HttpURLConnection connection = (HttpURLConnection) url().resolve("/v2/").toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it, and leaves its data. */
    public void stop() {
        if (process != null) {
            process.destroy();
            process.onExit().join();
        }
    }

    /** Starts it again unless it runs. */
    public void restartIfStopped() {
        if (!process.isAlive()) {
            start();
        }
    }

    /** Where it keeps the bytes of a blob. */
    public Path file(Digest blob) {
        return configuration.resolveSibling("storage/docker/registry/v2/blobs/" + blob.algorithm().id())
                .resolve(blob.hex().substring(0, 2)).resolve(blob.hex()).resolve("data");
    }

    public int port() {
        return port;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** How many requests of this method it has got whose address holds this text. */
    public long requests(String method, String address) {
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> line.contains('"' + method + ' ') && line.contains(address))
                    .filter(line -> line.contains("HTTP/1.1\" ") || line.contains("HTTP/2.0\" "))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }
}
