package io.longshore.registry.storage.filesystem;

import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file that grows; the channel stands at its end. */
final class FileStage implements Stage {
    private final StageId id;
    private final FileChannel file;
    private final Shortage shortage;
    private long sizeBytes;

    FileStage(StageId id, FileChannel file, long sizeBytes, Shortage shortage) {
        this.id = id;
        this.file = file;
        this.sizeBytes = sizeBytes;
        this.shortage = shortage;
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
                sizeBytes += file.write(bytes);
            } while (bytes.hasRemaining());
        } catch (IOException e) {
            throw shortage.explain(e, bytes.remaining());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } catch (IOException e) {
            // a network file system may say only now that there was no room
            throw shortage.explain(e, 0);
        }
    }
}
