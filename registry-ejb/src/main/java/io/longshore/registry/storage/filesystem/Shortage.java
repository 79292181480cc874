package io.longshore.registry.storage.filesystem;

import io.longshore.registry.storage.StorageFullException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells a full disk from one that fails. Java passes on no error number, only its text, and that in the language of the
 * process; so where the text says nothing the file system is asked.
 */
final class Shortage {
    private static final String ENOSPC = "No space left on device";
    private static final String EDQUOT = "Disk quota exceeded";

    private final Path root;

    Shortage(Path root) {
        this.root = root;
    }

    /** What to throw for a failure to store {@code wantedBytes} more. */
    IOException explain(IOException failure, long wantedBytes) {
        if (!isNamedBy(failure) && !(isUntyped(failure) && usableBytes() < wantedBytes)) {
            return failure;
        }
        return new StorageFullException("no room left in " + root, failure);
    }

    private static boolean isNamedBy(IOException failure) {
        String text = String.valueOf(failure.getMessage());
        return isUntyped(failure) && (text.contains(ENOSPC) || text.contains(EDQUOT));
    }

    /** A failure that has a type of its own is no shortage. */
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
