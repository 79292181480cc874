package io.longshore.registry.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StorageFullException;
import io.longshore.registry.storage.contract.BlobStoreContract;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.contract.FullStoreContract;
import io.longshore.registry.storage.contract.Workers;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MemoryBlobStoreTest implements BlobStoreContract {
    private final MemoryBlobStore store = new MemoryBlobStore();

    @Override
    public BlobStore store() {
        return store;
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void theCostOfAByteDoesNotGrowWithTheStage() throws Exception {
        int sizeBytes = 16 << 20;
        ByteBuffer one = ByteBuffer.allocate(1);
        try (Stage stage = store.begin()) {
            for (int i = 0; i < sizeBytes; i++) {
                stage.write(one.put(0, (byte) i).clear());
            }
            assertThat(stage.sizeBytes()).isEqualTo(sizeBytes);
        }
    }

    @Test
    void aWriterLeftOpenCannotReachIntoTheBlob() throws Exception {
        Content content = Content.random(1000);
        Stage forgotten = store.begin();
        forgotten.write(content.buffer());
        Blobs.commit(store, forgotten.id(), 1000, content.digest());

        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> forgotten.write(content.buffer()));
        Blobs.assertBlob(store, content);
    }

    @Test
    void aWriterLeftOpenLosesTheStageToTheOneThatResumesIt() throws Exception {
        Stage forgotten = store.begin();
        try (Stage resumed = store.resume(forgotten.id(), 0)) {
            assertThatExceptionOfType(ClosedChannelException.class)
                    .isThrownBy(() -> forgotten.write(Content.of("lost").buffer()));
            forgotten.close();
            resumed.write(Content.of("kept").buffer());
        }
        Blobs.assertStage(store, forgotten.id(), Content.of("kept"));
    }

    @Nested
    class Full implements FullStoreContract {
        private static final int CAPACITY_BYTES = 256 << 10;
        private final MemoryBlobStore store = new MemoryBlobStore(CAPACITY_BYTES);

        @Override
        public BlobStore store() {
            return store;
        }

        @Test
        void theCapacityIsExact() throws Exception {
            Content content = Content.random(CAPACITY_BYTES);
            Blobs.put(store, content);
            assertFull();
            store.delete(content.digest());
            Blobs.put(store, content);
            assertFull();
        }

        @Test
        void replacingABlobGivesItsRoomBack() throws Exception {
            Content content = Content.random(CAPACITY_BYTES / 2);
            for (int i = 0; i < 5; i++) {
                Blobs.put(store, content);
            }
            StageId rest = Blobs.stage(store, content);
            assertFull();
            store.discard(rest);
        }

        @Test
        void noRoomIsLostWhenManyComeAndGo() throws Exception {
            Workers.run(8, index -> {
                for (int i = 0; i < 200; i++) {
                    Content content = Content.random(CAPACITY_BYTES / 16);
                    if (i % 2 == 0) {
                        store.discard(Blobs.stage(store, content));
                    } else {
                        Blobs.put(store, content);
                        store.delete(content.digest());
                    }
                }
            });
            Blobs.put(store, Content.random(CAPACITY_BYTES));
            assertFull();
        }

        private void assertFull() throws Exception {
            try (Stage stage = store.begin()) {
                assertThatExceptionOfType(StorageFullException.class)
                        .isThrownBy(() -> stage.write(Content.of("x").buffer()));
                store.discard(stage.id());
            }
        }

        @Test
        void theCapacityIsNotNegative() {
            assertThatIllegalArgumentException().isThrownBy(() -> new MemoryBlobStore(-1));
        }
    }
}
