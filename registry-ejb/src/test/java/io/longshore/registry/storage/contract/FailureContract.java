package io.longshore.registry.storage.contract;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a call that failed, or a caller that went away, leaves behind. */
public interface FailureContract extends StoreUnderTest {

    @Test
    default void aRefusedCommitLeavesTheBlobThatWasThere() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.put(store, content);
        StageId id = Blobs.stage(store, content.part(0, 500));

        assertThatExceptionOfType(StageLostException.class)
                .isThrownBy(() -> Blobs.commit(store, id, 1000, content.digest()));
        Blobs.assertBlob(store, content);
    }

    @Test
    default void afterARefusedCommitTheBlobCanBeStoredFromAnotherStage() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        StageId refused = Blobs.stage(store, content.part(0, 500));
        assertThatExceptionOfType(StageLostException.class)
                .isThrownBy(() -> Blobs.commit(store, refused, 1000, content.digest()));
        Blobs.put(store, content);
        store.discard(refused);

        Blobs.assertBlob(store, content);
        Blobs.assertNoStage(store, refused);
    }

    @Test
    default void aStageThatNobodyClosedIsInNobodysWay() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        try (Stage abandoned = store.begin()) {
            abandoned.write(content.part(0, 500).buffer());
            Blobs.put(store, content);
            Blobs.assertBlob(store, content);
            store.delete(content.digest());
            Blobs.assertNoBlob(store, content.digest());
        }
    }

    @Test
    default void aStageThatFellShortCanBeFilledUpAndCommitted() throws Exception {
        BlobStore store = store();
        Content content = Content.random(200_000);
        StageId id = Blobs.stage(store, content.part(0, 100_000));
        assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> store.resume(id, 150_000));
        assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> store.readStage(id, 150_000));
        try (Stage stage = store.resume(id, 100_000)) {
            stage.write(content.part(100_000, 200_000).buffer());
        }
        Blobs.commit(store, id, content.sizeBytes(), content.digest());

        Blobs.assertBlob(store, content);
    }

    /** The writer may bring bytes back that it still held, but no more than that. */
    @Test
    default void aStageDiscardedUnderItsWriterIsGoneOnceItIsDiscardedAgain() throws Exception {
        BlobStore store = store();
        Stage stage = store.begin();
        stage.write(Content.random(1000).buffer());
        store.discard(stage.id());
        try {
            stage.write(Content.random(1000).buffer());
            stage.close();
        } catch (IOException e) {
            // a driver may tell the writer, but need not
            stage.close();
        }
        store.discard(stage.id());

        Blobs.assertNoStage(store, stage.id());
    }
}
