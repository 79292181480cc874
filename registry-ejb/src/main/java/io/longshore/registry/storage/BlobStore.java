package io.longshore.registry.storage;

import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/**
 * A storage driver: keeps the bytes of blobs, by digest, and the bytes of blobs to be, in stages.
 *
 * <p>Bytes come in through a {@link Stage} and become a blob by {@link #commit}. Until then no reader can see them. The
 * caller has compared the digest; a driver trusts it.
 *
 * <p>Thread-safe. A single stage is written by one caller at a time; that is the caller's duty. An {@link IOException}
 * means that the machinery failed; unless the method says otherwise, what is stored is then as it was before the call.
 *
 * <p>A {@link StageId} that this driver never gave is the id of a stage that is not there. Sizes are in bytes and not
 * negative.
 */
public interface BlobStore {

    /** Begins an empty stage under a fresh id that no other stage has or will have. The caller closes it. */
    Stage begin() throws IOException;

    /**
     * Opens a closed stage to write on at {@code sizeBytes}; what lies behind is cut off. The caller closes it.
     *
     * @throws StageLostException if there is no such stage or it holds fewer bytes; it is left as it is
     */
    Stage resume(StageId id, long sizeBytes) throws IOException;

    /**
     * Reads the first {@code sizeBytes} of a closed stage. The caller closes the channel.
     *
     * @throws StageLostException if there is no such stage or it holds fewer bytes
     */
    ReadableByteChannel readStage(StageId id, long sizeBytes) throws IOException;

    /**
     * Makes the first {@code sizeBytes} of a closed stage the blob {@code digest}. Atomic: a reader sees the whole blob
     * or none. Durable: when this returns, the blob survives a loss of power. Where the blob is there already it is
     * replaced, and readers of the old bytes read on undisturbed. The stage is gone afterwards. After a failure the
     * blob is whole or absent; the stage may be gone.
     *
     * @throws StageLostException if there is no such stage or it does not hold exactly {@code sizeBytes}
     */
    void commit(StageId id, long sizeBytes, Digest digest) throws IOException;

    /** Removes a stage and its bytes. Nothing happens if there is none. */
    void discard(StageId id) throws IOException;

    /**
     * Opens a blob to read. The caller closes it. It can be read to its end even if the blob is deleted meanwhile.
     *
     * @throws BlobLostException if there is none
     */
    BlobContent open(Digest digest) throws IOException;

    /** Removes a blob; durable as {@link #commit}. Returns whether there was one. */
    boolean delete(Digest digest) throws IOException;
}
