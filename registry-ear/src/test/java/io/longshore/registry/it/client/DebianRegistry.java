package io.longshore.registry.it.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The registry that Debian packages as {@code docker-registry}, for one test class, with its images in memory. It ends
 * with {@link #close}, or with this JVM.
 */
public final class DebianRegistry implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final Thread lastResort;
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private URI url;

    private DebianRegistry(Process process) {
        this.process = process;
        this.lastResort = new Thread(process::destroy);
    }

    /** Starts one and waits until it listens; ends the test where it is not installed. */
    public static DebianRegistry start(Path folder) {
        InstalledClient program = InstalledClient.find("docker-registry", "docker-registry", folder, Map.of());
        try {
            Path configuration = Files.writeString(folder.resolve("registry.yml"), """
                    version: 0.1
                    storage:
                      inmemory:
                      delete:
                        enabled: true
                    http:
                      addr: 127.0.0.1:0
                      secret: test
                    """);
            DebianRegistry registry = new DebianRegistry(
                    program.builder("serve", configuration.toString()).redirectErrorStream(true).start());
            Runtime.getRuntime().addShutdownHook(registry.lastResort);
            registry.listen();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() throws IOException {
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            log.add(line);
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                url = URI.create("http://" + listening.group(1));
                Thread reader = new Thread(() -> output.lines().forEach(log::add));
                reader.setDaemon(true);
                reader.start();
                return;
            }
        }
        close();
        throw new AssertionError("did not start: " + String.join("\n", log));
    }

    public URI url() {
        return url;
    }

    /** How it answered so far, a line for each request, as web servers write them. */
    public List<String> log() {
        return List.copyOf(log);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }
}
