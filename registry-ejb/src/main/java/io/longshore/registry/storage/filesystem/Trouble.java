package io.longshore.registry.storage.filesystem;

import io.longshore.registry.storage.StorageFullException;
import io.longshore.registry.storage.StorageUnavailableException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells what a failure of the file system means: that it is full, that it is away, or what the failure says itself.
 * Java passes on no error number, only its text, and that in the language of the process; so where the text says
 * nothing the file system is asked. Thread-safe.
 */
final class Trouble {
    private static final String ENOSPC = "No space left on device";
    private static final String EDQUOT = "Disk quota exceeded";

    private final Path root;
    private final Layout layout;

    Trouble(Path root, Layout layout) {
        this.root = root;
        this.layout = layout;
    }

    /** What to throw for a failure of something that stores nothing more. */
    IOException explain(IOException failure) {
        return explain(failure, 0);
    }

    /** What to throw for a failure to store {@code wantedBytes} more. */
    IOException explain(IOException failure, long wantedBytes) {
        if (isNamedShortage(failure)) {
            return full(failure);
        }
        if (failure instanceof FileSystemException && !isThere()) {
            return away(failure);
        }
        if (!isUntyped(failure)) {
            return failure;
        }
        if (usableBytes() < wantedBytes) {
            return full(failure);
        }
        return new StorageUnavailableException("the file system at " + root + " fails: " + failure.getMessage(), failure);
    }

    /**
     * Looks whether the tree that the start made is there. Where nothing is mounted any more, everything seems to be
     * deleted: what was not found is known to be gone only when this returns.
     *
     * @throws StorageUnavailableException if it is not
     */
    void requireThere() throws StorageUnavailableException {
        if (!isThere()) {
            throw away(null);
        }
    }

    private boolean isThere() {
        return Files.isDirectory(layout.uploads()) && Files.isDirectory(layout.blobs());
    }

    private StorageUnavailableException away(IOException failure) {
        return new StorageUnavailableException("the storage at " + root + " is not there: is it mounted?", failure);
    }

    private StorageFullException full(IOException failure) {
        return new StorageFullException("no room left in " + root, failure);
    }

    private static boolean isNamedShortage(IOException failure) {
        String text = String.valueOf(failure.getMessage());
        return isUntyped(failure) && (text.contains(ENOSPC) || text.contains(EDQUOT));
    }

    /** What has a type of its own says itself what it is; what has none comes from below, such as an I/O error. */
    private static boolean isUntyped(IOException failure) {
        return failure.getClass() == IOException.class || failure.getClass() == FileSystemException.class;
    }

    private long usableBytes() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
