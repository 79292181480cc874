package io.longshore.registry.it;

import io.longshore.registry.it.storage.Storage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The built server, run by its own {@code bin/registry} on a free port of the loopback interface and, unless the
 * environment given says otherwise, on an embedded database and a data folder of its own. Most tests are content with
 * {@link #shared()}. Not thread-safe, but for {@link #uri()}.
 */
public final class RegistryServer implements AutoCloseable {

    /** The server as it was built. */
    public static final Path INSTALLATION = Path.of(System.getProperty("registry.server", "target/server"));
    private static final Pattern READY = Pattern.compile("Longshore is ready: (https?)://\\S+:(\\d+)/v2/");
    private static final Pattern DRIVER =
            Pattern.compile("REGISTRY_STORAGE(_(FILESYSTEM|INMEMORY|S3|AZURE|DRIVER)(_.*)?)?");
    private static final int START_SECONDS = 180;
    private static final int STOP_SECONDS = 60;
    private static final int LOG_LINES = 200;

    private final Path installation;
    private final Map<String, String> environment;
    private final Path data;
    private final StringBuffer output = new StringBuffer();
    private Process process;
    private volatile String scheme;
    private volatile int port;

    private RegistryServer(Path installation, Map<String, String> environment) throws IOException {
        this.installation = installation;
        this.environment = withStorage(environment);
        Path folder = Files.createDirectories(Path.of("target/it").toAbsolutePath());
        this.data = environment.containsKey("REGISTRY_DATA")
                ? Path.of(environment.get("REGISTRY_DATA")).toAbsolutePath()
                : Files.createTempDirectory(folder, "data-");
    }

    /** The blobs lie where the tests of this run are to have them, unless the test says where. */
    private static Map<String, String> withStorage(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        if (environment.keySet().stream().noneMatch(name -> DRIVER.matcher(name).matches())) {
            all.putAll(Storage.underTest().fresh());
            // Most tests are about what comes from the registry.
            all.putIfAbsent("REGISTRY_STORAGE_REDIRECT_DISABLE", "true");
        }
        return all;
    }

    /** The server with all settings as they come, one for all tests of this JVM and stopped with it. */
    public static RegistryServer shared() {
        return Shared.SERVER;
    }

    /**
     * Starts a server and returns when it answers; the caller closes it.
     *
     * @param environment variables such as {@code REGISTRY_STORAGE_DELETE_ENABLED}
     * @throws IllegalStateException if it does not start; the message has what it printed and the end of its log
     */
    public static RegistryServer start(Map<String, String> environment) {
        return start(INSTALLATION, environment);
    }

    /** As {@link #start(Map)}, a server that is installed elsewhere. */
    public static RegistryServer start(Path installation, Map<String, String> environment) {
        try {
            RegistryServer server = new RegistryServer(installation, environment);
            if (!environment.containsKey("REGISTRY_DATA") && !environment.containsKey("REGISTRY_DATABASE_URL")) {
                Preparation.into(server.data);
            }
            server.run();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #start(Map)}, without what is prepared for all tests. */
    static RegistryServer unprepared(Map<String, String> environment) throws IOException {
        RegistryServer server = new RegistryServer(INSTALLATION, environment);
        server.run();
        return server;
    }

    /** The root of the server, such as {@code http://127.0.0.1:41234/}, by the scheme that it says it speaks. */
    public URI uri() {
        return URI.create(scheme + "://" + authority() + "/");
    }

    /** Host and port, as they stand before the name of an image. */
    public String authority() {
        return "127.0.0.1:" + port;
    }

    /** The process of the server's JVM. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** The folder with the database and all that the server writes. */
    public Path data() {
        return data;
    }

    /** What the server has printed so far, on either stream. */
    public String output() {
        return output.toString();
    }

    /** The last lines of the server's log. */
    public String log() {
        try {
            List<String> lines = Files.readAllLines(data.resolve("server/log/server.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    /** Starts the server again on the same port, data and environment, after {@link #stop()} or {@link #kill()}. */
    public void restart() {
        restart(Map.of());
    }

    /** Starts the server again, with further or other variables. */
    public void restart(Map<String, String> changes) {
        environment.putAll(changes);
        try {
            run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the server as an operator would, with SIGTERM, and returns its exit status when nothing is left of it. */
    public int stop() {
        process.destroy();
        return awaitEnd();
    }

    /** Ends the JVM and the embedded database at once, with SIGKILL: a power failure, but for the page cache. */
    public void kill() {
        databaseProcess().ifPresent(ProcessHandle::destroyForcibly);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        killJvm();
    }

    /** Ends the JVM at once, with SIGKILL, and leaves to itself what it started. */
    public void killJvm() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** The main process of the embedded database, if it runs. */
    public Optional<ProcessHandle> databaseProcess() {
        Path file = data.resolve("postgres/data/postmaster.pid");
        try {
            return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Stops the server, if it runs, and deletes its data unless the caller named the folder. The log is kept. */
    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
        try {
            Path log = data.resolve("server/log/server.log");
            if (Files.exists(log) && !environment.containsKey("REGISTRY_DATA")) {
                Files.move(log, data.resolveSibling(data.getFileName() + ".log"));
                delete(data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(installation.resolve("bin/registry").toAbsolutePath().toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("REGISTRY_"));
        builder.environment().put("REGISTRY_DATA", data.toString());
        // No class-data archive is written but once: that takes longer than it saves here.
        builder.environment().put("REGISTRY_JAVA_OPTS", "-Dlongshore.classes=");
        builder.environment().put("REGISTRY_HTTP_ADDR", "127.0.0.1:" + port);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        output.setLength(0);
        process = builder.start();
        CompletableFuture<Integer> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, ready), "output of the registry");
        reader.setDaemon(true);
        reader.start();
        try {
            port = ready.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroy();
            throw new IllegalStateException("the server did not start; it printed\n" + output() + "\nlog:\n" + log(), e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server started", e);
        }
    }

    private void read(Process from, CompletableFuture<Integer> ready) {
        try (BufferedReader lines = from.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                Matcher matcher = READY.matcher(line);
                if (matcher.matches()) {
                    scheme = matcher.group(1);
                    ready.complete(Integer.valueOf(matcher.group(2)));
                }
            }
        } catch (IOException e) {
            output.append(e).append('\n');
        }
        ready.completeExceptionally(new IOException("the server ended"));
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the server did not stop; log:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server stopped", e);
        }
    }

    /** Deletes a folder with everything in it; it may be gone already. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    /** Started by the first test that asks for it. */
    private static final class Shared {

        private static final RegistryServer SERVER = start(Map.of());

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "stop the shared server"));
        }
    }
}
