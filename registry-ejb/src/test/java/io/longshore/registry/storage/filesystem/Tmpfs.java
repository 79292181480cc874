package io.longshore.registry.storage.filesystem;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system in memory. Only root may mount one; elsewhere the test is skipped. */
final class Tmpfs implements AutoCloseable {
    private final Path mountPoint;

    private Tmpfs(Path mountPoint) {
        this.mountPoint = mountPoint;
    }

    /** Mounts one over a directory, which is made. The caller closes it. */
    static Tmpfs mount(Path mountPoint, String options) throws IOException, InterruptedException {
        Files.createDirectories(mountPoint);
        assumeThat(isDone("mount", "-t", "tmpfs", "-o", options, "longshore-test", mountPoint.toString()))
                .as("allowed to mount a tmpfs")
                .isTrue();
        return new Tmpfs(mountPoint);
    }

    void forbidWriting() throws IOException, InterruptedException {
        run("mount", "-o", "remount,ro", mountPoint.toString());
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "-l", mountPoint.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (!isDone(command)) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    private static boolean isDone(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
