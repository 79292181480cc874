package io.longshore.registry.storage.filesystem;

import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.storage.StorageFullException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes the tree and tries out what the driver needs, so that a wrong place is known before the first push. */
final class StartCheck {
    private static final Logger LOG = System.getLogger(StartCheck.class.getName());

    private final Path root;
    private final Layout layout;
    private final Disk disk;
    private final Trouble trouble;

    StartCheck(Path root, Layout layout, Disk disk, Trouble trouble) {
        this.root = root;
        this.layout = layout;
        this.disk = disk;
        this.trouble = trouble;
    }

    void run() throws IOException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new IOException("cannot keep blobs in " + root + ": it is not a directory");
        }
        makeTree(layout.blobs());
        makeTree(layout.uploads());
        try {
            for (Path directory : blobDirectories()) {
                tryRename(directory);
            }
        } catch (StorageFullException e) {
            // no reason not to start: blobs can be read, and deleting them makes room
            LOG.log(Level.WARNING, "pushes will fail: {0}", e.getMessage());
        }
    }

    private void makeTree(Path directory) throws IOException {
        try {
            make(directory);
        } catch (IOException e) {
            throw new IOException("cannot make the directory " + directory + ": " + reason(e), e);
        }
    }

    /**
     * Every directory below the root is synced whether it was there or not, as another node may have made it just now.
     * Above the root nothing but what was made here is ours to sync.
     */
    private void make(Path directory) throws IOException {
        boolean ours = directory.startsWith(root) && !directory.equals(root);
        if (!ours && Files.isDirectory(directory)) {
            return;
        }
        make(directory.getParent());
        disk.createDirectory(directory);
        disk.syncDirectory(directory.getParent());
    }

    /** A directory per algorithm may be a link to elsewhere: each is tried. */
    private List<Path> blobDirectories() {
        List<Path> directories = new ArrayList<>(List.of(layout.blobs()));
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            Path directory = layout.blobs().resolve(algorithm.id());
            if (Files.isDirectory(directory)) {
                directories.add(directory);
            }
        }
        return directories;
    }

    private void tryRename(Path blobs) throws IOException {
        String name = "start-check-" + UUID.randomUUID();
        Path from = layout.uploads().resolve(name);
        Path to = blobs.resolve(name);
        try {
            FileChannel.open(from, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
            disk.rename(from, to);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(
                    layout.uploads() + " and " + blobs
                            + " are not on the same file system: no stage could become a blob in one step",
                    e);
        } catch (IOException e) {
            throw explain(e);
        } finally {
            disk.delete(from);
            disk.delete(to);
        }
    }

    private IOException explain(IOException failure) {
        IOException explained = trouble.explain(failure);
        return explained instanceof StorageFullException
                ? explained
                : new IOException("cannot write below " + root + ": " + reason(failure), failure);
    }

    private static String reason(IOException failure) {
        return failure instanceof FileSystemException named && named.getReason() != null
                ? named.getFile() + ": " + named.getReason()
                : failure.toString();
    }
}
