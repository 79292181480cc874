package io.longshore.registry.mirror;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the bytes of a fetch go: into a stage of the storage, and to those who do not wait until they are a blob. What the
 * storage or the disk throws is wrapped, to be told from what the upstream does. For one thread, but for the readers of the
 * file.
 */
final class Landing {
    private static final System.Logger LOG = System.getLogger(Landing.class.getName());
    /** So long a reader waits for the next byte. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final BlobStore store;
    private final Digest digest;
    private final FollowedFile file;
    private final Stage stage;

    private Landing(BlobStore store, Digest digest, FollowedFile file, Stage stage) {
        this.store = store;
        this.digest = digest;
        this.file = file;
        this.stage = stage;
    }

    /** @throws UncheckedIOException if there is no room for anything; nothing is left then */
    static Landing begin(BlobStore store, Digest digest, Path folder) {
        try {
            FollowedFile file = new FollowedFile(folder, PATIENCE);
            try {
                return new Landing(store, digest, file, store.begin(digest));
            } catch (IOException | RuntimeException e) {
                file.fail(e);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FollowedFile file() {
        return file;
    }

    /** @throws UncheckedIOException if they cannot be kept */
    void write(byte[] bytes, int length) {
        try {
            stage.write(ByteBuffer.wrap(bytes, 0, length));
            file.append(ByteBuffer.wrap(bytes, 0, length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the bytes, which are those of the digest, a blob of the storage. */
    void commit() {
        try {
            stage.commit(digest);
            file.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws away what has come. */
    void abandon(Throwable cause) {
        try (stage) {
            file.fail(cause);
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> "the fetch of " + digest + " could not be ended", e);
        }
        try {
            store.discard(stage.id());
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> "the purge will remove what was left of the fetch of " + digest, e);
        }
    }

    /** Gives back what is open, of bytes that are a blob. */
    void close() {
        try {
            stage.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> "the stage of " + digest + " could not be closed", e);
        }
    }
}
