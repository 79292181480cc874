package io.longshore.registry.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that one test has for itself. It ends with {@link #close}, or with this JVM. */
final class Daemon implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Thread lastResort;

    private Daemon(Process process) {
        this.process = process;
        this.lastResort = new Thread(process::destroy);
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param answers a client's command that succeeds as soon as it does
     * @throws AssertionError with all that it said, if it ends before or takes too long
     */
    static Daemon start(ProcessBuilder builder, InstalledClient client, String... answers) {
        try {
            Path log = Files.createTempFile(builder.directory().toPath(), "daemon", ".log");
            Daemon daemon = new Daemon(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start());
            Runtime.getRuntime().addShutdownHook(daemon.lastResort);
            if (!daemon.waitFor(client, answers)) {
                daemon.close();
                throw new AssertionError("did not start: " + builder.command() + "\n" + Files.readString(log));
            }
            return daemon;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean waitFor(InstalledClient client, String... answers) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (client.attempt(answers).status() != 0) {
            if (endsWithin(Duration.ofMillis(50)) || System.nanoTime() > deadline) {
                return false;
            }
        }
        return true;
    }

    private boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Asks it to end, children and mounts included, and waits; kills them all if it does not. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!endsWithin(PATIENCE)) {
            process.destroyForcibly().onExit().join();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }
}
