package io.longshore.registry.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import org.junit.jupiter.api.Test;

/** Going on with a stage that was closed. */
public interface ResumeContract extends StoreUnderTest {

    @Test
    default void aStageGoesOnWhereItEnded() throws Exception {
        BlobStore store = store();
        Content content = Content.random(150_000);
        StageId id = Blobs.stage(store, content.part(0, 70_001));
        try (Stage stage = store.resume(id, 70_001)) {
            assertThat(stage.id()).isEqualTo(id);
            assertThat(stage.sizeBytes()).isEqualTo(70_001);
            stage.write(content.part(70_001, 150_000).buffer());
            assertThat(stage.sizeBytes()).isEqualTo(150_000);
        }
        Blobs.assertStage(store, id, content);
    }

    @Test
    default void anEmptyStageCanBeResumed() throws Exception {
        BlobStore store = store();
        StageId id = Blobs.stage(store, Content.of(""));
        try (Stage stage = store.resume(id, 0)) {
            stage.write(Content.of("some").buffer());
        }
        Blobs.assertStage(store, id, Content.of("some"));
    }

    @Test
    default void resumingCutsOffTheTail() throws Exception {
        BlobStore store = store();
        Content content = Content.random(150_000);
        StageId id = Blobs.stage(store, content);
        try (Stage stage = store.resume(id, 60_000)) {
            assertThat(stage.sizeBytes()).isEqualTo(60_000);
        }
        Blobs.assertStage(store, id, content.part(0, 60_000));
    }

    @Test
    default void whatIsWrittenAfterACutTakesThePlaceOfTheTail() throws Exception {
        BlobStore store = store();
        Content content = Content.random(150_000);
        StageId id = Blobs.stage(store, content);
        try (Stage stage = store.resume(id, 65_537)) {
            stage.write(Content.of("other").buffer());
        }
        Blobs.assertStage(store, id, content.part(0, 65_537).then(Content.of("other")));
    }

    @Test
    default void resumingAtNothingBeginsAgain() throws Exception {
        BlobStore store = store();
        StageId id = Blobs.stage(store, Content.random(150_000));
        try (Stage stage = store.resume(id, 0)) {
            stage.write(Content.of("again").buffer());
        }
        Blobs.assertStage(store, id, Content.of("again"));
    }

    @Test
    default void resumingBeyondTheEndIsRefusedAndLeavesTheStage() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        StageId id = Blobs.stage(store, content);

        assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> store.resume(id, 1001));
        assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> store.resume(id, Long.MAX_VALUE));
        Blobs.assertStage(store, id, content);
    }

    @Test
    default void aStageThatIsNotThereCannotBeResumed() throws Exception {
        BlobStore store = store();
        StageId discarded = Blobs.stage(store, Content.of("gone"));
        store.discard(discarded);

        assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> store.resume(discarded, 0));
        assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> store.resume(discarded, 4));
    }

    @Test
    default void anIdThatTheDriverNeverGaveCannotBeResumed() throws Exception {
        BlobStore store = store();
        StageId given = Blobs.stage(store, Content.of("some"));
        for (StageId id : StrangeIds.of(given)) {
            assertThatExceptionOfType(StageLostException.class).as("%s", id).isThrownBy(() -> store.resume(id, 0));
        }
    }

    @Test
    default void aStageCanBeResumedManyTimes() throws Exception {
        BlobStore store = store();
        Content content = Content.random(300);
        StageId id = Blobs.stage(store, content.part(0, 1));
        for (int i = 1; i < content.sizeBytes(); i++) {
            try (Stage stage = store.resume(id, i)) {
                stage.write(content.part(i, i + 1).buffer());
            }
        }
        Blobs.assertStage(store, id, content);
    }

    @Test
    default void aResumedStageBecomesABlob() throws Exception {
        BlobStore store = store();
        Content content = Content.random(3 << 20);
        StageId id = Blobs.stage(store, content.part(0, 1 << 20).then(Content.of("cut off")));
        try (Stage stage = store.resume(id, 1 << 20)) {
            stage.write(content.part(1 << 20, 3 << 20).buffer());
        }
        Blobs.commit(store, id, content.sizeBytes(), content.digest());

        Blobs.assertBlob(store, content);
    }
}
