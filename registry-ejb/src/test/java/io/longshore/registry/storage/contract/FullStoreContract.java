package io.longshore.registry.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StorageFullException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * What a driver does when its room is used up. The store under test has room for a blob of 200 KiB, and for no more
 * than 8 MiB in all.
 */
public interface FullStoreContract extends StoreUnderTest {

    @Test
    default void writingToAFullStoreIsRefused() throws Exception {
        BlobStore store = store();
        try (Stage stage = store.begin()) {
            assertThatExceptionOfType(StorageFullException.class).isThrownBy(() -> fill(stage));
        }
    }

    @Test
    default void aWriteThatIsTooMuchAtOnceIsRefused() throws Exception {
        BlobStore store = store();
        try (Stage stage = store.begin()) {
            assertThatExceptionOfType(StorageFullException.class)
                    .isThrownBy(() -> stage.write(Content.random(9 << 20).buffer()));
        }
    }

    @Test
    default void discardingTheStageMakesRoomAgain() throws Exception {
        BlobStore store = store();
        for (int i = 0; i < 3; i++) {
            store.discard(fullStage(store));
            Content content = Content.random(200 << 10);
            Blobs.put(store, content);
            Blobs.assertBlob(store, content);
            store.delete(content.digest());
        }
    }

    @Test
    default void cuttingTheStageMakesRoomAgain() throws Exception {
        BlobStore store = store();
        StageId id = fullStage(store);
        Content content = Content.random(100_000);
        try (Stage stage = store.resume(id, 0)) {
            stage.write(content.buffer());
        }
        Blobs.commit(store, id, content.sizeBytes(), content.digest());
        Blobs.assertBlob(store, content);
    }

    @Test
    default void deletingABlobMakesRoomAgain() throws Exception {
        BlobStore store = store();
        Content first = Content.random(200 << 10);
        Blobs.put(store, first);
        StageId full = fullStage(store);
        assertThat(store.delete(first.digest())).isTrue();

        Content second = Content.random(100 << 10);
        Blobs.put(store, second);
        Blobs.assertBlob(store, second);
        store.discard(full);
    }

    @Test
    default void aFullStoreStillGivesItsBlobs() throws Exception {
        BlobStore store = store();
        Content content = Content.random(100_000);
        Blobs.put(store, content);
        StageId full = fullStage(store);

        Blobs.assertBlob(store, content);
        store.discard(full);
    }

    @Test
    default void aStageThatMetAFullStoreGoesOnFromWhatIsKnownToBeGood() throws Exception {
        BlobStore store = store();
        Content content = Content.random(200 << 10);
        StageId id = Blobs.stage(store, content.part(0, 50_000));
        try (Stage stage = store.resume(id, 50_000)) {
            assertThatExceptionOfType(StorageFullException.class).isThrownBy(() -> fill(stage));
        }
        try (Stage stage = store.resume(id, 50_000)) {
            stage.write(content.part(50_000, content.sizeBytes()).buffer());
        }
        Blobs.commit(store, id, content.sizeBytes(), content.digest());
        Blobs.assertBlob(store, content);
    }

    /** Writes a closed stage that takes all the room there is. */
    private static StageId fullStage(BlobStore store) throws IOException {
        try (Stage stage = store.begin()) {
            assertThatExceptionOfType(StorageFullException.class).isThrownBy(() -> fill(stage));
            return stage.id();
        }
    }

    private static void fill(Stage stage) throws IOException {
        Content piece = Content.random(10_000);
        while (stage.sizeBytes() <= 8 << 20) {
            stage.write(piece.buffer());
        }
    }
}
