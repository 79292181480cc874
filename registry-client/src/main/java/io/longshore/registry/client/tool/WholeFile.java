package io.longshore.registry.client.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that appears, in place of what was called so before, once all of it is written. Not thread-safe. */
final class WholeFile implements AutoCloseable {
    private final Path file;
    private final Path part;
    private final OutputStream out;

    private WholeFile(Path file, Path part, OutputStream out) {
        this.file = file;
        this.part = part;
        this.out = out;
    }

    /** Begins one, in a folder that exists. */
    static WholeFile create(Path file) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
        return new WholeFile(
                file, part, Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** Closed with the file. */
    OutputStream out() {
        return out;
    }

    /** Makes it appear. */
    void commit() throws IOException {
        out.close();
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(part);
    }
}
