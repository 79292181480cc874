package io.longshore.registry.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Writing a stage, and throwing it away. */
public interface StageContract extends StoreUnderTest {

    @Test
    default void aStageBeginsEmpty() throws Exception {
        BlobStore store = store();
        try (Stage stage = store.begin()) {
            assertThat(stage.sizeBytes()).isZero();
        }
    }

    @Test
    default void noTwoStagesHaveTheSameId() throws Exception {
        BlobStore store = store();
        Set<StageId> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            StageId id = Blobs.stage(store, Content.of("x"));
            assertThat(ids.add(id)).isTrue();
            store.discard(id);
        }
    }

    @Test
    default void aStageCountsWhatWasWritten() throws Exception {
        BlobStore store = store();
        try (Stage stage = store.begin()) {
            stage.write(Content.random(10).buffer());
            assertThat(stage.sizeBytes()).isEqualTo(10);
            stage.write(Content.random(100_000).buffer());
            assertThat(stage.sizeBytes()).isEqualTo(100_010);
        }
    }

    @Test
    default void aClosedStageStillTellsItsIdAndSize() throws Exception {
        BlobStore store = store();
        Stage stage = store.begin();
        StageId id = stage.id();
        stage.write(Content.random(10).buffer());
        stage.close();

        assertThat(stage.id()).isEqualTo(id);
        assertThat(stage.sizeBytes()).isEqualTo(10);
    }

    @Test
    default void writingTakesAllOfABufferAndKeepsItsLimit() throws Exception {
        BlobStore store = store();
        ByteBuffer bytes = Content.random(1000).buffer().position(17).limit(900);
        try (Stage stage = store.begin()) {
            stage.write(bytes);
        }
        assertThat(bytes.position()).isEqualTo(900);
        assertThat(bytes.limit()).isEqualTo(900);
    }

    @Test
    default void writingTakesNothingOutsidePositionAndLimit() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        ByteBuffer slice = content.buffer().position(100).slice();
        Stage stage = store.begin();
        stage.write(content.buffer().position(17).limit(900));
        stage.write(slice.position(1).limit(2));
        stage.close();
        Blobs.assertStage(store, stage.id(), content.part(17, 900).then(content.part(101, 102)));
    }

    @Test
    default void writingTakesHeapAndDirectAndReadOnlyBuffers() throws Exception {
        BlobStore store = store();
        Content content = Content.random(300_000);
        ByteBuffer direct = ByteBuffer.allocateDirect(content.sizeBytes() + 3);
        direct.position(3).put(content.buffer()).position(3);
        Stage stage = store.begin();
        stage.write(direct);
        stage.write(ByteBuffer.wrap(content.bytes()));
        stage.write(content.buffer());
        stage.close();
        Blobs.assertStage(store, stage.id(), content.then(content).then(content));
    }

    @Test
    default void writingNothingChangesNothing() throws Exception {
        BlobStore store = store();
        Stage stage = store.begin();
        stage.write(ByteBuffer.allocate(0));
        stage.write(Content.of("some").buffer());
        stage.write(ByteBuffer.allocateDirect(0));
        assertThat(stage.sizeBytes()).isEqualTo(4);
        stage.close();
        Blobs.assertStage(store, stage.id(), Content.of("some"));
    }

    @Test
    default void theBufferIsTheCallersAgainAfterTheWrite() throws Exception {
        BlobStore store = store();
        Content content = Content.random(200_000);
        ByteBuffer reused = ByteBuffer.allocate(1000);
        Stage stage = store.begin();
        for (int from = 0; from < content.sizeBytes(); from += reused.capacity()) {
            reused.clear().put(content.part(from, from + reused.capacity()).buffer()).flip();
            stage.write(reused);
        }
        stage.close();
        Blobs.assertStage(store, stage.id(), content);
    }

    @Test
    default void bytesMayComeOneByOne() throws Exception {
        BlobStore store = store();
        Content content = Content.random(20_000);
        Stage stage = store.begin();
        for (int i = 0; i < content.sizeBytes(); i++) {
            stage.write(content.buffer().position(i).limit(i + 1));
        }
        stage.close();
        assertThat(stage.sizeBytes()).isEqualTo(content.sizeBytes());
        Blobs.assertStage(store, stage.id(), content);
    }

    @Test
    default void bytesMayComeInPiecesOfAnySize() throws Exception {
        BlobStore store = store();
        Random random = Randomness.random(1);
        Content content = Content.random(6 << 20);
        Stage stage = store.begin();
        for (int from = 0, to; from < content.sizeBytes(); from = to) {
            to = Math.min(content.sizeBytes(), from + 1 + random.nextInt(200_000));
            stage.write(content.buffer().position(from).limit(to));
        }
        stage.close();
        Blobs.assertStage(store, stage.id(), content);
    }

    @Test
    default void aClosedStageTakesNoMoreBytes() throws Exception {
        BlobStore store = store();
        Stage stage = store.begin();
        stage.write(Content.of("kept").buffer());
        stage.close();

        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> stage.write(Content.of("refused").buffer()));
        Blobs.assertStage(store, stage.id(), Content.of("kept"));
    }

    @Test
    default void closingAStageTwiceIsAsOnce() throws Exception {
        BlobStore store = store();
        Stage stage = store.begin();
        stage.write(Content.of("kept").buffer());
        stage.close();
        stage.close();

        Blobs.assertStage(store, stage.id(), Content.of("kept"));
    }

    @Test
    default void stagesThatAreOpenAtOnceDoNotMix() throws Exception {
        BlobStore store = store();
        Content one = Content.random(50_000);
        Content two = Content.random(50_000);
        Stage first = store.begin();
        Stage second = store.begin();
        for (int i = 0; i < 50_000; i += 1000) {
            first.write(one.buffer().position(i).limit(i + 1000));
            second.write(two.buffer().position(i).limit(i + 1000));
        }
        first.close();
        second.close();
        Blobs.assertStage(store, first.id(), one);
        Blobs.assertStage(store, second.id(), two);
    }

    @Test
    default void aStageIsNoBlob() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);

        Blobs.stage(store, content);

        Blobs.assertNoBlob(store, content.digest());
    }

    @Test
    default void discardingTakesTheStageAway() throws Exception {
        BlobStore store = store();
        StageId id = Blobs.stage(store, Content.random(1000));
        store.discard(id);

        Blobs.assertNoStage(store, id);
    }

    @Test
    default void discardingTwiceIsAsOnce() throws Exception {
        BlobStore store = store();
        StageId id = Blobs.stage(store, Content.random(1000));
        store.discard(id);
        store.discard(id);

        Blobs.assertNoStage(store, id);
    }

    @Test
    default void discardingWhatNeverWasDoesNothing() throws Exception {
        BlobStore store = store();
        StageId other = Blobs.stage(store, Content.of("kept"));
        for (StageId id : StrangeIds.of(other)) {
            store.discard(id);
        }
        Blobs.assertStage(store, other, Content.of("kept"));
    }

    @Test
    default void discardingOneStageLeavesTheOthers() throws Exception {
        BlobStore store = store();
        StageId kept = Blobs.stage(store, Content.of("kept"));
        StageId discarded = Blobs.stage(store, Content.of("kept"));
        store.discard(discarded);

        Blobs.assertStage(store, kept, Content.of("kept"));
    }

    @Test
    default void discardingAfterTheCommitLeavesTheBlob() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        StageId id = Blobs.stage(store, content);
        Blobs.commit(store, id, content.sizeBytes(), content.digest());
        store.discard(id);

        Blobs.assertBlob(store, content);
    }
}
