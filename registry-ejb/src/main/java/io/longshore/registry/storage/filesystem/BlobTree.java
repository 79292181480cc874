package io.longshore.registry.storage.filesystem;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.StageLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of the blobs: makes them appear and go, at once and for good.
 *
 * <p>A name lasts when the directory that holds it was synced after the name appeared, whoever made it: another thread
 * or another node that made a directory may not have come to its sync yet. So a commit sees to every directory on the
 * way to its blob. The upper ones ({@code sha256} and its 256 children) are never removed and few: the name of each is
 * made to last once in the life of this object. The directory of the blob comes and goes with it, so that this one and
 * its parent are synced each time. Nothing above these is ever made here: where the file system is not mounted any
 * more, nothing may appear. Thread-safe.
 */
final class BlobTree {
    private static final int MAX_ATTEMPTS = 100;

    private final Layout layout;
    private final Disk disk;
    private final Trouble trouble;
    /** Directories whose own name lasts. */
    private final Set<Path> lasting = ConcurrentHashMap.newKeySet();

    BlobTree(Layout layout, Disk disk, Trouble trouble) {
        this.layout = layout;
        this.disk = disk;
        this.trouble = trouble;
    }

    /** Renames a file, whose bytes last already, to be the blob. */
    void put(Path stage, Digest digest) throws IOException {
        Path directory = layout.directory(digest);
        Path data = directory.resolve(Layout.DATA);
        for (int attempt = 1; !moved(stage, data); attempt++) {
            trouble.requireThere();
            if (Files.notExists(stage)) {
                throw new StageLostException("stage " + stage.getFileName() + " went away while it was committed");
            }
            if (attempt == MAX_ATTEMPTS) {
                throw new IOException("cannot move a stage to " + data + ": its directory vanishes each time");
            }
        }
        syncWithParent(directory);
    }

    /** Where the directory is gone, the blob was deleted meanwhile; the sync of the parent makes that last as well. */
    private void syncWithParent(Path directory) throws IOException {
        boolean synced = disk.syncDirectory(directory);
        synced &= disk.syncDirectory(directory.getParent());
        if (!synced) {
            trouble.requireThere();
        }
    }

    /** Returns false if a directory or the stage vanished: deletes take empty directories along. */
    private boolean moved(Path stage, Path data) throws IOException {
        Path directory = data.getParent();
        try {
            makeLasting(directory.getParent());
            disk.createDirectory(directory);
            disk.rename(stage, data);
            return true;
        } catch (NoSuchFileException e) {
            if (Files.notExists(directory.getParent())) {
                lasting.clear();
            }
            return false;
        }
    }

    private void makeLasting(Path directory) throws IOException {
        if (directory.equals(layout.blobs()) || lasting.contains(directory)) {
            return;
        }
        makeLasting(directory.getParent());
        disk.createDirectory(directory);
        disk.syncDirectory(directory.getParent());
        lasting.add(directory);
    }

    /** Removes the blob and its directory. Returns whether there was a blob. */
    boolean remove(Digest digest) throws IOException {
        Path directory = layout.directory(digest);
        boolean existed = disk.delete(directory.resolve(Layout.DATA));
        if (!disk.deleteIfEmpty(directory)) {
            disk.syncDirectory(directory);
        }
        boolean synced = disk.syncDirectory(directory.getParent());
        if (!existed || !synced) {
            trouble.requireThere();
        }
        return existed;
    }
}
