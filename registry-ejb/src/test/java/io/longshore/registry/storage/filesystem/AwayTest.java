package io.longshore.registry.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import io.longshore.registry.storage.StorageUnavailableException;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file system fails, or its mount point is empty: nothing is taken for lost, and nothing made there. */
class AwayTest {
    @TempDir
    private Path directory;

    private Path root;
    private Path elsewhere;
    private BlobStore store;
    private final Content content = Content.random(1000);

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
        elsewhere = directory.resolve("elsewhere");
        store = new FilesystemBlobStore(root, 100);
    }

    @Test
    void nothingThatCannotBeFoundIsTakenForLost() throws Exception {
        Content other = Content.random(1000);
        Blobs.put(store, content);
        StageId id = Blobs.stage(store, other);

        unmount();
        isAway(store::begin);
        isAway(() -> store.resume(id, 1000));
        isAway(() -> store.readStage(id, 1000));
        isAway(() -> store.discard(id));
        isAway(() -> store.untouchedSince(Instant.now()));
        isAway(() -> store.open(content.digest(), 0));
        isAway(() -> store.delete(content.digest()));
        mount();

        Blobs.assertBlob(store, content);
        Blobs.commit(store, id, 1000, other.digest());
        Blobs.assertBlob(store, other);
    }

    @Test
    void aCommitMakesNothingWhereNothingIsMounted() throws Exception {
        StageId fresh = Blobs.stage(store, content);
        try (Stage stage = store.resume(fresh, 1000)) {
            unmount();
            isAway(() -> stage.commit(content.digest()));
            mount();
        }
        Blobs.commit(store, fresh, 1000, content.digest());
        StageId again = Blobs.stage(store, content);
        try (Stage stage = store.resume(again, 1000)) {
            unmount();
            isAway(() -> stage.commit(content.digest()));
            mount();
        }
        Blobs.commit(store, again, 1000, content.digest());

        Blobs.assertBlob(store, content);
    }

    /** The rename may be all that the disk has: what the syncs could not reach does not last. */
    @Test
    void aCommitThatCannotBeSyncedHasFailed() throws Exception {
        BlobStore vanishing = new FilesystemBlobStore(root, 100, new Disk() {
            @Override
            void rename(Path from, Path to) throws IOException {
                super.rename(from, to);
                if (to.endsWith("data")) {
                    unmount();
                }
            }
        });
        StageId id = Blobs.stage(vanishing, content);

        isAway(() -> Blobs.commit(vanishing, id, 1000, content.digest()));
        mount();
        Blobs.assertBlob(store, content);
    }

    @Test
    void aDeleteThatCannotBeSyncedHasFailed() throws Exception {
        Blobs.put(store, content);
        BlobStore vanishing = new FilesystemBlobStore(root, 100, new Disk() {
            @Override
            boolean deleteIfEmpty(Path emptied) throws IOException {
                boolean gone = super.deleteIfEmpty(emptied);
                unmount();
                return gone;
            }
        });

        isAway(() -> vanishing.delete(content.digest()));
        mount();
        Blobs.assertNoBlob(store, content.digest());
    }

    /** A directory instead of a file opens, and fails when it is read: with no type of its own, as an I/O error. */
    @Test
    void aReadThatFailsSaysThatTheStorageDoes() throws Exception {
        Files.createDirectories(Tree.data(root, content.digest()));
        try (BlobContent blob = store.open(content.digest(), 0)) {
            fails(() -> blob.read(ByteBuffer.allocate(10), 0));
        }
        StageId id = Blobs.stage(store, content);
        Path stage = Tree.uploads(root).resolve(id.value());
        Files.delete(stage);
        Files.createDirectory(stage);
        try (ReadableByteChannel staged = store.readStage(id, 1)) {
            fails(() -> staged.read(ByteBuffer.allocate(1)));
        }
        fails(() -> store.resume(id, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Input/output error", "Stale file handle", "Transport endpoint is not connected"})
    void whatTheSystemSaysIsPassedOn(String text) {
        Trouble trouble = new Trouble(root, new Layout(root));

        assertThat(trouble.explain(new IOException(text)))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining(text);
        assertThat(trouble.explain(new FileSystemException("file", null, text)))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining(text);
    }

    @Test
    void whatIsGoneFromAStoreThatIsThereIsLost() throws Exception {
        StageId id = Blobs.stage(store, content);
        store.discard(id);

        assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> store.resume(id, 0));
        assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> store.readStage(id, 0));
        assertThatExceptionOfType(BlobLostException.class).isThrownBy(() -> store.open(content.digest(), 0));
        assertThat(store.delete(content.digest())).isFalse();
        store.discard(id);
    }

    private void unmount() throws IOException {
        Files.move(root, elsewhere);
        Files.createDirectory(root);
    }

    /** Fails if anything was made meanwhile. */
    private void mount() throws IOException {
        assertThat(root).isEmptyDirectory();
        Files.delete(root);
        Files.move(elsewhere, root);
    }

    private void isAway(ThrowingCallable call) {
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(call)
                .withMessage("the storage at " + root + " is not there: is it mounted?");
    }

    private void fails(ThrowingCallable call) {
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(call)
                .withMessageStartingWith("the file system at " + root + " fails: ");
    }
}
