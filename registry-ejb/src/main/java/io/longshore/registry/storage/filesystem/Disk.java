package io.longshore.registry.storage.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The steps by which blobs appear, last and go, one system call each: what a loss of power may fall between. Tests stop
 * here. Stateless.
 */
class Disk {

    /** Makes the bytes and the size of a file last. */
    void syncFile(FileChannel file, Path path) throws IOException {
        file.force(false);
    }

    /** Makes the names in a directory last. Returns false if there is no such directory. */
    boolean syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Makes a directory, unless it is there. */
    void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory) && Files.exists(directory)) {
                throw e;
            }
        }
    }

    /** Renames in one step; what was at {@code to} is replaced. */
    void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes a file. Returns whether there was one. */
    boolean delete(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }

    /** Removes a directory unless something is in it. Returns whether it is gone. */
    boolean deleteIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }
}
