package io.longshore.registry.storage;

import io.longshore.registry.model.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A storage driver: keeps the bytes of blobs, by digest, and the bytes of blobs to be, in stages.
 *
 * <p>Bytes come in through a {@link Stage} and become a blob by {@link Stage#commit}. Until then no reader can see them. The
 * caller has compared the digest; a driver trusts it.
 *
 * <p>Thread-safe. A single stage is written by one caller at a time; that is the caller's duty. An {@link IOException}
 * means that the machinery failed; unless the method says otherwise, what is stored is then as it was before the call.
 *
 * <p>A {@link StageId} that this driver never gave is the id of a stage that is not there. Sizes are in bytes and not
 * negative.
 */
public interface BlobStore extends Closeable {

    /** Begins an empty stage under a fresh id that no other stage has or will have. The caller closes it. */
    Stage begin() throws IOException;

    /**
     * Begins an empty stage of bytes that will become the blob {@code digest} or be thrown away: as {@link #begin()},
     * but where knowing the digest saves work, the bytes need not survive the closing of the stage.
     */
    default Stage begin(Digest digest) throws IOException {
        return begin();
    }

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
     * Removes a closed stage and its bytes. Nothing happens if there is none. A writer that has it open may bring bytes
     * back that it still holds.
     */
    void discard(StageId id) throws IOException;

    /**
     * All that takes room and is no blob, and that nobody has written to since {@code instant}: stages, and what is
     * left of interrupted commits. {@link #discard} removes each. The caller closes the stream, which throws
     * {@link java.io.UncheckedIOException}; it need not show what comes or goes meanwhile.
     */
    Stream<StageId> untouchedSince(Instant instant) throws IOException;

    /**
     * Opens a blob to read. The caller closes it. Reading onwards goes undisturbed to the end even if the blob is
     * deleted or replaced meanwhile.
     *
     * @param position where the first read will most likely begin; not beyond the end of the blob
     * @throws BlobLostException if there is none
     */
    BlobContent open(Digest digest, long position) throws IOException;

    /** Removes a blob; durable as {@link Stage#commit}. Returns whether there was one. */
    boolean delete(Digest digest) throws IOException;

    /**
     * Where a client can GET a blob, or parts of it, without going through the registry: a URL that whoever has it may
     * use for a while. Whether the blob is there is not looked at. Empty if this store does not give any.
     */
    default Optional<URI> address(Digest digest) throws IOException {
        return Optional.empty();
    }

    /** Ends all that the store has open. No other call may be under way or follow. */
    @Override
    default void close() throws IOException {}
}
