package io.longshore.registry.storage.filesystem;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Blobs as files: {@code <root>/docker/registry/v2/blobs/<algorithm>/<first two digits>/<hex>/data}, and stages as
 * files in {@code <root>/docker/registry/v2/uploads}. Thread-safe; several processes and nodes may share a root.
 *
 * <p>On NFS a reader whose blob another node deletes may fail with an {@link IOException} (stale file handle): there
 * the promise of an undisturbed end holds only for what this node deletes.
 */
public final class FilesystemBlobStore implements BlobStore {
    private final Layout layout;
    private final Disk disk;
    private final BlobTree blobs;
    private final Trouble trouble;
    private final Turns turns;

    /**
     * A store below {@code root}, which is created if it is not there.
     *
     * @param maxThreads how many threads may read and write files at once; the others wait
     * @throws IOException saying what is wrong if the place does not allow what this driver needs
     */
    public FilesystemBlobStore(Path root, int maxThreads) throws IOException {
        this(root, maxThreads, new Disk());
    }

    FilesystemBlobStore(Path root, int maxThreads, Disk disk) throws IOException {
        Path absolute = root.toAbsolutePath().normalize();
        this.layout = new Layout(absolute);
        this.disk = disk;
        this.turns = new Turns(maxThreads);
        this.trouble = new Trouble(absolute, layout);
        this.blobs = new BlobTree(layout, disk, trouble);
        new StartCheck(absolute, layout, disk, trouble).run();
    }

    @Override
    public Stage begin() throws IOException {
        StageId id = Layout.newStageId();
        try {
            FileChannel file = FileChannel.open(
                    layout.stage(id), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return stage(id, file, 0);
        } catch (IOException e) {
            throw trouble.explain(e, 1);
        }
    }

    @Override
    public Stage resume(StageId id, long sizeBytes) throws IOException {
        FileChannel file = openStage(id, StandardOpenOption.WRITE);
        try {
            requireAtLeast(id, file.size(), sizeBytes);
            file.truncate(sizeBytes);
            file.position(sizeBytes);
            return stage(id, file, sizeBytes);
        } catch (IOException e) {
            throw closing(file, e);
        }
    }

    @Override
    public ReadableByteChannel readStage(StageId id, long sizeBytes) throws IOException {
        FileChannel file = openStage(id, StandardOpenOption.READ);
        try {
            requireAtLeast(id, file.size(), sizeBytes);
            return new PrefixChannel(file, sizeBytes, turns, trouble);
        } catch (IOException e) {
            throw closing(file, e);
        }
    }

    @Override
    public void discard(StageId id) throws IOException {
        if (!Layout.isStage(id)) {
            return;
        }
        Path stage = layout.stage(id);
        try {
            if (!turns.take(() -> disk.delete(stage))) {
                trouble.requireThere();
            }
        } catch (IOException e) {
            throw trouble.explain(e);
        }
    }

    @Override
    public Stream<StageId> untouchedSince(Instant instant) throws IOException {
        return stages()
                .filter(file -> Layout.isStageName(file.getFileName().toString()))
                .filter(file -> isUntouchedSince(instant, file))
                .map(file -> new StageId(file.getFileName().toString()));
    }

    private Stream<Path> stages() throws IOException {
        try {
            return Files.list(layout.uploads());
        } catch (IOException e) {
            throw trouble.explain(e);
        }
    }

    private boolean isUntouchedSince(Instant instant, Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(instant);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(trouble.explain(e));
        }
    }

    @Override
    public BlobContent open(Digest digest, long position) throws IOException {
        Path data = layout.data(digest);
        FileChannel file;
        try {
            file = openFile(data, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new BlobLostException("no blob at " + data, e);
        }
        try {
            return new FileContent(file, file.size(), turns, trouble);
        } catch (IOException e) {
            throw closing(file, e);
        }
    }

    @Override
    public boolean delete(Digest digest) throws IOException {
        try {
            return turns.take(() -> blobs.remove(digest));
        } catch (IOException e) {
            throw trouble.explain(e);
        }
    }

    private Stage stage(StageId id, FileChannel file, long sizeBytes) throws StageLostException {
        return new FileStage(id, layout.stage(id), file, sizeBytes, disk, blobs, trouble, turns);
    }

    private FileChannel openStage(StageId id, OpenOption mode) throws IOException {
        try {
            return openFile(layout.stage(id), mode);
        } catch (NoSuchFileException e) {
            throw new StageLostException("no stage " + id, e);
        }
    }

    /** @throws NoSuchFileException if there is no such file, and not only because the storage is away */
    private FileChannel openFile(Path file, OpenOption mode) throws IOException {
        try {
            return FileChannel.open(file, mode);
        } catch (NoSuchFileException e) {
            trouble.requireThere();
        } catch (IOException e) {
            throw trouble.explain(e);
        }
        try {
            // once more: the storage may have come back between the two looks
            return FileChannel.open(file, mode);
        } catch (IOException e) {
            throw trouble.explain(e);
        }
    }

    private static void requireAtLeast(StageId id, long actualBytes, long wantedBytes) throws StageLostException {
        if (actualBytes < wantedBytes) {
            throw new StageLostException("stage " + id + " holds " + actualBytes + " bytes, not " + wantedBytes);
        }
    }

    private IOException closing(FileChannel file, IOException failure) {
        try {
            file.close();
        } catch (IOException unclosed) {
            failure.addSuppressed(unclosed);
        }
        return trouble.explain(failure);
    }
}
