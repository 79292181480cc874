package org.example.flat;

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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keeps blobs as files in one folder, and stages in another one beside it. Thread-safe. */
final class FlatStore implements BlobStore {
    private static final Pattern STAGE_NAME = Pattern.compile("[0-9a-f-]{36}");

    private final Path blobs;
    private final Path stages;

    FlatStore(Path folder) throws IOException {
        blobs = Files.createDirectories(folder.resolve("blobs"));
        stages = Files.createDirectories(folder.resolve("stages"));
    }

    @Override
    public Stage begin() throws IOException {
        StageId id = new StageId(UUID.randomUUID().toString());
        FileChannel file = FileChannel.open(
                stages.resolve(id.value()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new FlatStage(this, id, file, 0);
    }

    @Override
    public Stage resume(StageId id, long sizeBytes) throws IOException {
        FileChannel file = openStage(id, sizeBytes, StandardOpenOption.WRITE);
        file.truncate(sizeBytes).position(sizeBytes);
        return new FlatStage(this, id, file, sizeBytes);
    }

    @Override
    public ReadableByteChannel readStage(StageId id, long sizeBytes) throws IOException {
        return new FlatContent(openStage(id, sizeBytes, StandardOpenOption.READ), sizeBytes).fromTheBeginning();
    }

    private FileChannel openStage(StageId id, long sizeBytes, OpenOption mode) throws IOException {
        FileChannel file;
        try {
            file = FileChannel.open(stage(id), mode);
        } catch (NoSuchFileException e) {
            throw new StageLostException("no stage " + id, e);
        }
        if (file.size() < sizeBytes) {
            file.close();
            throw new StageLostException("stage " + id + " is shorter than " + sizeBytes);
        }
        return file;
    }

    /** An id comes from the database, and yet nothing is opened that is not a stage. */
    private Path stage(StageId id) throws StageLostException {
        if (!STAGE_NAME.matcher(id.value()).matches()) {
            throw new StageLostException("no stage " + id);
        }
        return stages.resolve(id.value());
    }

    /** Makes a stage, whose bytes last, a blob that lasts. */
    void publish(StageId id, Digest digest) throws IOException {
        try {
            Files.move(stage(id), blob(digest), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            throw new StageLostException("no stage " + id, e);
        }
        sync(blobs);
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    @Override
    public void discard(StageId id) throws IOException {
        if (STAGE_NAME.matcher(id.value()).matches()) {
            Files.deleteIfExists(stages.resolve(id.value()));
        }
    }

    @Override
    public Stream<StageId> untouchedSince(Instant instant) throws IOException {
        return Files.list(stages)
                .filter(stage -> isUntouchedSince(instant, stage))
                .map(stage -> new StageId(stage.getFileName().toString()));
    }

    private static boolean isUntouchedSince(Instant instant, Path stage) {
        try {
            return Files.getLastModifiedTime(stage).toInstant().isBefore(instant);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public BlobContent open(Digest digest, long position) throws IOException {
        try {
            FileChannel file = FileChannel.open(blob(digest), StandardOpenOption.READ);
            return new FlatContent(file, file.size());
        } catch (NoSuchFileException e) {
            throw new BlobLostException("no blob " + digest, e);
        }
    }

    @Override
    public boolean delete(Digest digest) throws IOException {
        boolean existed = Files.deleteIfExists(blob(digest));
        sync(blobs);
        return existed;
    }

    private Path blob(Digest digest) {
        return blobs.resolve(digest.algorithm().id() + '-' + digest.hex());
    }
}
