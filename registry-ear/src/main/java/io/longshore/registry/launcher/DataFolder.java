package io.longshore.registry.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder that holds the data, in use by one instance at a time: this one, until its JVM ends, however it ends. */
final class DataFolder implements AutoCloseable {

    /** Images, passwords and logs are in it. */
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder if need be, for its owner alone, and takes it into use. One that exists stays as open as it is.
     *
     * @throws StartException if it cannot be written to, or another instance uses it
     */
    static DataFolder open(Path path) {
        try {
            create(path);
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

    private static void create(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
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
