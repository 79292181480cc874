package io.longshore.registry.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.StageId;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Removing blobs. */
public interface DeleteContract extends StoreUnderTest {

    @Test
    default void deletingTakesTheBlobAway() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.put(store, content);

        assertThat(store.delete(content.digest())).isTrue();
        Blobs.assertNoBlob(store, content.digest());
    }

    @Test
    default void deletingWhatIsNotThereSaysSo() throws Exception {
        BlobStore store = store();
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            assertThat(store.delete(Content.of("never stored").digest(algorithm))).isFalse();
        }
    }

    @Test
    default void deletingTwiceFindsNothingTheSecondTime() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.put(store, content);
        store.delete(content.digest());

        assertThat(store.delete(content.digest())).isFalse();
    }

    @Test
    default void deletingLeavesOtherBlobsAndStages() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Content other = Content.random(1000);
        StageId stage = Blobs.stage(store, content);
        Blobs.put(store, content);
        Blobs.put(store, other);
        store.delete(content.digest());

        Blobs.assertBlob(store, other);
        Blobs.assertStage(store, stage, content);
    }

    @Test
    default void aDeletedBlobCanBeStoredAgain() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        for (int i = 0; i < 3; i++) {
            Blobs.put(store, content);
            Blobs.assertBlob(store, content);
            assertThat(store.delete(content.digest())).isTrue();
        }
        Blobs.assertNoBlob(store, content.digest());
    }

    @Test
    default void anEmptyBlobCanBeDeleted() throws Exception {
        BlobStore store = store();
        Blobs.put(store, Content.of(""));

        assertThat(store.delete(Content.of("").digest())).isTrue();
        Blobs.assertNoBlob(store, Content.of("").digest());
    }

    @Test
    default void readersOfADeletedBlobReadToItsEnd() throws Exception {
        BlobStore store = store();
        Content content = Content.random(3 << 20);
        Blobs.put(store, content);
        try (BlobContent reader = store.open(content.digest(), 0)) {
            int read = reader.read(ByteBuffer.allocate(1000), 0);
            store.delete(content.digest());

            assertThat(Blobs.read(reader, read)).isEqualTo(content.part(read, content.sizeBytes()).bytes());
        }
        Blobs.assertNoBlob(store, content.digest());
    }

    @Test
    default void aBlobCanBeReadToItsEndAlthoughItIsDeletedBeforeTheFirstRead() throws Exception {
        BlobStore store = store();
        Content content = Content.random(100_000);
        Blobs.put(store, content);
        try (BlobContent reader = store.open(content.digest(), 0)) {
            store.delete(content.digest());
            Blobs.putAs(store, Content.of("another"), content.digest());

            assertThat(reader.sizeBytes()).isEqualTo(content.sizeBytes());
            assertThat(Blobs.read(reader)).isEqualTo(content.bytes());
        }
    }
}
