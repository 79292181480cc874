package io.longshore.registry.it.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory, as large as it is told to be. Takes the right to mount; the caller unmounts it. */
final class SmallDisk {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** @throws IOException saying why, where this system or user cannot have one */
    static SmallDisk mount(int mebibytes) throws IOException, InterruptedException {
        Path target = Files.createDirectories(Path.of("target/it").toAbsolutePath());
        Path folder = Files.createTempDirectory(target, "disk-");
        try {
            run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
            return new SmallDisk(folder);
        } catch (IOException e) {
            Files.delete(folder);
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    /** Gives it another size; what it holds stays. */
    void resize(int mebibytes) throws IOException, InterruptedException {
        run("mount", "-o", "remount,size=" + mebibytes + "m", folder.toString());
    }

    void unmount() throws IOException, InterruptedException {
        run("umount", folder.toString());
        Files.delete(folder);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
    }
}
