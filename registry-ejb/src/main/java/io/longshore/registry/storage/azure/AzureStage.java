package io.longshore.registry.storage.azure;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import io.longshore.registry.storage.object.Spool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * A block blob that grows. Bytes gather in a spool until there are enough for a block. Small stages never become an
 * object: the spool is written to the place of the blob.
 */
final class AzureStage implements Stage {
    private final StageId id;
    private final AzureStore store;
    private final BlockWriter blocks;
    private Spool spool;
    /** Bytes of the object behind the blocks that are kept, which begin the next block. */
    private long cutBytes;
    private long sizeBytes;
    private boolean broken;
    private boolean closed;

    /** Goes on with {@code cutBytes} behind the blocks that {@code blocks} has. */
    AzureStage(StageId id, AzureStore store, BlockWriter blocks, long cutBytes) {
        this.id = id;
        this.store = store;
        this.blocks = blocks;
        this.spool = store.newSpool();
        this.cutBytes = cutBytes;
        this.sizeBytes = blocks.sizeBytes() + cutBytes;
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
        if (closed) {
            throw new ClosedChannelException();
        }
        try {
            append(bytes);
        } catch (IOException e) {
            broken = true;
            throw lost(e);
        }
    }

    private void append(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            loadCut();
            if (spool.sizeBytes() >= store.blockBytes()) {
                blocks.append(spool);
                spool.clear();
            }
            int length = (int) Math.min(bytes.remaining(), store.blockBytes() - spool.sizeBytes());
            spool.append(bytes, length);
            sizeBytes += length;
        }
    }

    private void loadCut() throws IOException {
        if (cutBytes > 0) {
            blocks.read(blocks.sizeBytes(), cutBytes, spool);
            cutBytes = 0;
        }
    }

    /** What was written since the last block is joined with smaller blocks before it, lest there be too many. */
    private void settle() throws IOException {
        loadCut();
        if (spool.sizeBytes() > 0) {
            long taken = blocks.takeBack(spool.sizeBytes(), store.blockBytes());
            if (taken > 0) {
                Spool joined = store.newSpool();
                Spool before = spool;
                spool = joined;
                try (before) {
                    blocks.read(blocks.sizeBytes(), taken, joined);
                    BlockWriter.append(before.bytes(), before.sizeBytes(), joined);
                }
            }
            blocks.append(spool);
            spool.clear();
        }
        blocks.join();
    }

    @Override
    public void commit(Digest digest) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        closed = true;
        String blob = store.names().blob(digest);
        try {
            loadCut();
            if (blocks.sizeBytes() == 0) {
                store.container().put(blob, spool);
            } else {
                settle();
                blocks.copyTo(blob);
            }
            blocks.delete();
        } catch (IOException e) {
            throw lost(e);
        } finally {
            spool.close();
        }
    }

    /** Bytes that could not be written are lost; what is in the object stays as it was. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!broken) {
                settle();
            }
        } catch (IOException e) {
            throw lost(e);
        } finally {
            spool.close();
        }
    }

    private IOException lost(IOException failure) {
        boolean gone = failure instanceof BlobLostException || failure instanceof RefusedException refused
                && (refused.isMissingObject() || refused.isOtherVersion() || refused.says("InvalidBlockList"));
        return gone ? new StageLostException("stage " + id + " is gone, or somebody else wrote to it", failure) : failure;
    }
}
