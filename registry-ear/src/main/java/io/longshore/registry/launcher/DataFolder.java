package io.longshore.registry.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder that holds the data, in use by one instance at a time: this one, until its JVM ends, however it ends. */
final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder if need be and takes it into use.
     *
     * @throws StartException if it cannot be written to, or another instance uses it
     */
    static DataFolder open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel file = FileChannel.open(path.resolve("lock"),
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(file)) {
                file.close();
                throw new StartException("the data folder " + path + " is in use by another instance."
                        + " Stop that one, or set REGISTRY_DATA to a folder of its own.");
            }
            return new DataFolder(path, file);
        } catch (IOException e) {
            throw new StartException("cannot use the data folder " + path + ": " + e
                    + ". REGISTRY_DATA names another one.", e);
        }
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    /** Gives the folder back. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
