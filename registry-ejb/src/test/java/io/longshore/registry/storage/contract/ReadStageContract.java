package io.longshore.registry.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import org.junit.jupiter.api.Test;

/** Reading back what is in a stage. */
public interface ReadStageContract extends StoreUnderTest {

    @Test
    default void aStageCanBeReadBack() throws Exception {
        BlobStore store = store();
        Content content = Content.random(3 << 20);
        StageId id = Blobs.stage(store, content);

        Blobs.assertStage(store, id, content);
    }

    @Test
    default void readingAStageEndsAtTheSizeAskedFor() throws Exception {
        BlobStore store = store();
        Content content = Content.random(150_000);
        StageId id = Blobs.stage(store, content);
        try (ReadableByteChannel staged = store.readStage(id, 70_000)) {
            assertThat(Blobs.read(staged)).isEqualTo(content.part(0, 70_000).bytes());
            assertThat(staged.read(ByteBuffer.allocate(10))).isEqualTo(-1);
        }
    }

    @Test
    default void readingNothingOfAStageEndsAtOnce() throws Exception {
        BlobStore store = store();
        StageId id = Blobs.stage(store, Content.random(10));
        try (ReadableByteChannel staged = store.readStage(id, 0)) {
            assertThat(staged.read(ByteBuffer.allocate(10))).isEqualTo(-1);
        }
    }

    @Test
    default void readingAStageFillsNoMoreThanTheBufferHasRoomFor() throws Exception {
        BlobStore store = store();
        Content content = Content.random(100);
        StageId id = Blobs.stage(store, content);
        ByteBuffer target = ByteBuffer.allocateDirect(100).position(10).limit(15);
        try (ReadableByteChannel staged = store.readStage(id, 100)) {
            assertThat(staged.read(target)).isBetween(1, 5);
            assertThat(target.limit()).isEqualTo(15);
            assertThat(target.get(10)).isEqualTo(content.bytes()[0]);
            assertThat(target.limit(100).get(15)).isZero();
        }
    }

    @Test
    default void readingMoreThanAStageHoldsIsRefused() throws Exception {
        BlobStore store = store();
        StageId id = Blobs.stage(store, Content.random(10));

        assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> store.readStage(id, 11));
    }

    @Test
    default void aStageThatIsNotThereCannotBeRead() throws Exception {
        BlobStore store = store();
        StageId given = Blobs.stage(store, Content.of("gone"));
        store.discard(given);

        assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> store.readStage(given, 4));
        for (StageId id : StrangeIds.of(given)) {
            assertThatExceptionOfType(StageLostException.class).as("%s", id).isThrownBy(() -> store.readStage(id, 0));
        }
    }

    @Test
    default void readingAStageLeavesItAsItIs() throws Exception {
        BlobStore store = store();
        Content content = Content.random(150_000);
        StageId id = Blobs.stage(store, content.part(0, 100_000));
        try (ReadableByteChannel staged = store.readStage(id, 50_000)) {
            Blobs.read(staged);
        }
        try (Stage stage = store.resume(id, 100_000)) {
            stage.write(content.part(100_000, 150_000).buffer());
        }
        Blobs.commit(store, id, content.sizeBytes(), content.digest());
        Blobs.assertBlob(store, content);
    }

    @Test
    default void aClosedChannelOfAStageGivesNoBytes() throws Exception {
        BlobStore store = store();
        StageId id = Blobs.stage(store, Content.random(10));
        ReadableByteChannel staged = store.readStage(id, 10);
        assertThat(staged.isOpen()).isTrue();
        staged.close();
        staged.close();

        assertThat(staged.isOpen()).isFalse();
        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> staged.read(ByteBuffer.allocate(10)));
    }
}
