package io.longshore.registry.storage.filesystem;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file that grows; the channel stands at its end. */
final class FileStage implements Stage {
    private final StageId id;
    private final Path path;
    private final FileChannel file;
    private final Disk disk;
    private final BlobTree blobs;
    private final Trouble trouble;
    private final Turns turns;
    private long sizeBytes;

    /** Owns {@code file}, which is open at {@code path}. */
    FileStage(
            StageId id,
            Path path,
            FileChannel file,
            long sizeBytes,
            Disk disk,
            BlobTree blobs,
            Trouble trouble,
            Turns turns) {
        this.id = id;
        this.path = path;
        this.file = file;
        this.sizeBytes = sizeBytes;
        this.disk = disk;
        this.blobs = blobs;
        this.trouble = trouble;
        this.turns = turns;
    }

    @Override
    public StageId id() {
        return id;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        try {
            do {
                sizeBytes += turns.take(() -> file.write(bytes));
            } while (bytes.hasRemaining());
        } catch (IOException e) {
            throw trouble.explain(e, bytes.remaining());
        }
    }

    @Override
    public void commit(Digest digest) throws IOException {
        turns.take(() -> {
            publish(digest);
            return null;
        });
    }

    private void publish(Digest digest) throws IOException {
        try {
            try (file) {
                requireAllBytes();
                makeLast();
            }
            blobs.put(path, digest);
        } catch (IOException e) {
            throw trouble.explain(e, 1);
        }
    }

    private void requireAllBytes() throws IOException {
        long actualBytes = file.size();
        if (actualBytes != sizeBytes) {
            throw new StageLostException("stage " + id + " holds " + actualBytes + " bytes, not " + sizeBytes);
        }
    }

    /**
     * After a sync that failed the kernel takes the lost pages for clean, and the next sync would succeed; so the stage
     * must not be committed ever again.
     */
    private void makeLast() throws IOException {
        try {
            disk.syncFile(file, path);
        } catch (IOException e) {
            try {
                disk.delete(path);
            } catch (IOException undeleted) {
                e.addSuppressed(undeleted);
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } catch (IOException e) {
            // a network file system may say only now that there was no room
            throw trouble.explain(e);
        }
    }
}
