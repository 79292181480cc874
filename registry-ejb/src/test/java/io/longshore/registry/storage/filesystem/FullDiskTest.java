package io.longshore.registry.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StorageFullException;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.contract.FullStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk that is really full: of bytes by the contract, of files by the tests here. */
class FullDiskTest implements FullStoreContract {
    @TempDir
    private Path directory;

    private Path root;
    private Tmpfs disk;

    @BeforeEach
    void mount() throws Exception {
        root = directory.resolve("disk");
        disk = Tmpfs.mount(root, "size=1m,nr_inodes=40");
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    @Override
    public BlobStore store() throws IOException {
        return new FilesystemBlobStore(root, 100);
    }

    @Test
    void allRoomComesBackWithTheDiscard() throws Exception {
        BlobStore store = store();
        long before = usableBytes();
        Stage stage = store.begin();
        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(() -> stage.write(Content.random(2 << 20).buffer()))
                .withMessageContaining(root.toString());
        stage.close();
        assertThat(usableBytes()).isZero();
        store.discard(stage.id());

        assertThat(usableBytes()).isEqualTo(before);
        assertThat(Tree.stageFiles(root)).isEmpty();
        assertThat(Tree.blobFiles(root)).isEmpty();
    }

    @Test
    void noRoomForAnotherFileIsAFullStoreToo() throws Exception {
        BlobStore store = store();
        List<StageId> stages = takeAllFiles(store);
        Content content = Content.random(100);
        StageId last = stages.remove(0);
        fill(store, last, content);

        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(() -> Blobs.commit(store, last, content.sizeBytes(), content.digest()));
        Blobs.assertNoBlob(store, content.digest());
        for (StageId stage : stages) {
            store.discard(stage);
        }
        Blobs.commit(store, last, content.sizeBytes(), content.digest());
        Blobs.assertBlob(store, content);
    }

    @Test
    void aStoreOnAFullDiskStarts() throws Exception {
        Content content = Content.random(1000);
        Blobs.put(store(), content);
        takeAllFiles(store());

        BlobStore store = store();
        Blobs.assertBlob(store, content);
        assertThat(store.delete(content.digest())).isTrue();
        Blobs.put(store, content);
        Blobs.assertBlob(store, content);
    }

    private static void fill(BlobStore store, StageId id, Content content) throws IOException {
        try (Stage stage = store.resume(id, 0)) {
            stage.write(content.buffer());
        }
    }

    /** Begins stages until no other file can be made. */
    private static List<StageId> takeAllFiles(BlobStore store) {
        List<StageId> stages = new ArrayList<>();
        assertThatExceptionOfType(StorageFullException.class).isThrownBy(() -> {
            while (true) {
                stages.add(Blobs.stage(store, Content.of("")));
            }
        });
        return stages;
    }

    private long usableBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }
}
