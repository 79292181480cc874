package io.longshore.registry.it.client;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of this machine, run in a folder of the test's own with nothing of the caller's environment but the path.
 * Immutable; every run waits for its end and is killed, children included, when it takes too long.
 */
final class InstalledClient {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path program;
    private final Path folder;
    private final Map<String, String> environment;
    private final Duration patience;

    private InstalledClient(Path program, Path folder, Map<String, String> environment, Duration patience) {
        this.program = program;
        this.folder = folder;
        this.environment = environment;
        this.patience = patience;
    }

    /**
     * Finds a program, or ends the test with a message that names the Debian package it is in.
     *
     * @param folder where it runs
     * @param environment what it finds in its environment, beside the path
     */
    static InstalledClient find(String name, String debianPackage, Path folder, Map<String, String> environment) {
        Optional<Path> program = locate(name);
        Requirement.require(program.isPresent(), name + " is not installed: apt-get install " + debianPackage);
        return new InstalledClient(program.orElseThrow(), folder, Map.copyOf(environment), PATIENCE);
    }

    /** A program that lies here, run as {@link #find} says. */
    static InstalledClient at(Path program, Path folder, Map<String, String> environment) {
        return new InstalledClient(program, folder, Map.copyOf(environment), PATIENCE);
    }

    /** The same, but killed when a run takes longer than this. */
    InstalledClient within(Duration time) {
        return new InstalledClient(program, folder, environment, time);
    }

    private static Optional<Path> locate(String name) {
        return searchPath()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    // Debian keeps daemons in sbin, which is not in everybody's path.
    private static Stream<String> searchPath() {
        String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        Stream<String> daemons = Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), daemons);
    }

    /**
     * Runs to the end.
     *
     * @throws AssertionError with all output, if it does not end with success or not in time
     */
    Result run(String... arguments) {
        Result result = attempt(arguments);
        if (result.status() != 0) {
            throw new AssertionError("the command failed: " + result);
        }
        return result;
    }

    /**
     * Runs to the end, whatever that is.
     *
     * @throws AssertionError with all output, if it does not end in time
     */
    Result attempt(String... arguments) {
        try {
            Path out = Files.createTempFile(folder, "out", ".log");
            Path err = Files.createTempFile(folder, "err", ".log");
            Process process = builder(arguments)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = waitFor(process);
            String command = program.getFileName() + " " + String.join(" ", arguments);
            Result result = new Result(command, process.exitValue(), Files.readAllBytes(out), Files.readString(err));
            if (!ended) {
                throw new AssertionError("the command took more than " + patience + ": " + result);
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What starts it with these arguments; input is at its end. */
    ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().put("PATH", String.join(File.pathSeparator, searchPath().toList()));
        builder.environment().putAll(environment);
        return builder;
    }

    private boolean waitFor(Process process) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) || kill(process);
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a command ran", e);
        }
    }

    /** Always false: it did not end by itself. */
    private static boolean kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        return false;
    }

    /** How a command ended, and what it said. */
    record Result(String command, int status, byte[] bytes, String err) {

        /** The output, if it is text. */
        String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return command + "\nexit status " + status + "\n--- output\n" + out() + "--- errors\n" + err;
        }
    }
}
