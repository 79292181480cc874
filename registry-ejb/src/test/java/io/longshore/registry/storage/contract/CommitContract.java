package io.longshore.registry.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Making a blob of a stage. */
public interface CommitContract extends StoreUnderTest {

    @Test
    default void aCommittedStageIsABlob() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.put(store, content);

        Blobs.assertBlob(store, content);
    }

    @Test
    default void aBlobMayBeEmpty() throws Exception {
        BlobStore store = store();
        Content nothing = Content.of("");
        StageId id;
        try (var stage = store.begin()) {
            id = stage.id();
        }
        Blobs.commit(store, id, 0, nothing.digest());

        Blobs.assertBlob(store, nothing);
    }

    @Test
    default void aBlobMayBeLarge() throws Exception {
        BlobStore store = store();
        Content content = Content.random(12 << 20);
        Blobs.put(store, content);

        Blobs.assertBlob(store, content);
    }

    @Test
    default void blobsOfEverySizeAroundABoundaryAreWhole() throws Exception {
        BlobStore store = store();
        for (int boundary : List.of(256, 4096, 65_536, 131_072)) {
            for (int size = boundary - 1; size <= boundary + 1; size++) {
                Content content = Content.random(size);
                Blobs.put(store, content);
                Blobs.assertBlob(store, content);
            }
        }
    }

    @Test
    default void aBlobMayHaveASha512Digest() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.putAs(store, content, content.digest(DigestAlgorithm.SHA512));

        Blobs.assertBlob(store, content.digest(DigestAlgorithm.SHA512), content);
    }

    @Test
    default void theSameBytesUnderTwoAlgorithmsAreTwoBlobs() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.putAs(store, content, content.digest(DigestAlgorithm.SHA256));
        Blobs.assertNoBlob(store, content.digest(DigestAlgorithm.SHA512));
        Blobs.putAs(store, content, content.digest(DigestAlgorithm.SHA512));

        assertThat(store.delete(content.digest(DigestAlgorithm.SHA256))).isTrue();
        Blobs.assertBlob(store, content.digest(DigestAlgorithm.SHA512), content);
    }

    @Test
    default void theStageIsGoneAfterTheCommit() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        StageId id = Blobs.stage(store, content);
        Blobs.commit(store, id, content.sizeBytes(), content.digest());

        Blobs.assertNoStage(store, id);
    }

    @Test
    default void aStageCanBeCommittedOnlyOnce() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        StageId id = Blobs.stage(store, content);
        Blobs.commit(store, id, content.sizeBytes(), content.digest());

        assertThatExceptionOfType(StageLostException.class)
                .isThrownBy(() -> Blobs.commit(store, id, content.sizeBytes(), Content.of("other").digest()));
        Blobs.assertBlob(store, content);
        Blobs.assertNoBlob(store, Content.of("other").digest());
    }

    @Test
    default void aClosedStageCanBeCommitted() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.commit(store, Blobs.stage(store, content), content.sizeBytes(), content.digest());

        Blobs.assertBlob(store, content);
    }

    @Test
    default void whatLiesBehindTheSizeDoesNotComeIntoTheBlob() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.commit(store, Blobs.stage(store, content.then(Content.of("tail"))), 1000, content.digest());

        Blobs.assertBlob(store, content);
    }

    @Test
    default void aStageThatWasClosedByItsWriterIsNotCommittedThroughIt() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Stage stage = store.begin();
        stage.write(content.buffer());
        stage.close();

        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> stage.commit(content.digest()));
        Blobs.assertNoBlob(store, content.digest());
        Blobs.assertStage(store, stage.id(), content);
    }

    @Test
    default void aCommittedStageTakesNoMoreBytes() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        try (Stage stage = store.begin()) {
            stage.write(content.buffer());
            stage.commit(content.digest());

            assertThatExceptionOfType(ClosedChannelException.class)
                    .isThrownBy(() -> stage.write(Content.of("more").buffer()));
            assertThat(stage.sizeBytes()).isEqualTo(1000);
        }
        Blobs.assertBlob(store, content);
    }

    @Test
    default void aStageShorterThanItShouldBeDoesNotBecomeABlob() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        StageId id = Blobs.stage(store, content);

        assertThatExceptionOfType(StageLostException.class)
                .isThrownBy(() -> Blobs.commit(store, id, 1001, content.digest()));
        Blobs.assertNoBlob(store, content.digest());
    }

    @Test
    default void aStageThatIsNotThereDoesNotBecomeABlob() throws Exception {
        BlobStore store = store();
        Content nothing = Content.of("");
        StageId given = Blobs.stage(store, nothing);
        store.discard(given);

        assertThatExceptionOfType(StageLostException.class)
                .isThrownBy(() -> Blobs.commit(store, given, 0, nothing.digest()));
        for (StageId id : StrangeIds.of(given)) {
            assertThatExceptionOfType(StageLostException.class)
                    .as("%s", id)
                    .isThrownBy(() -> Blobs.commit(store, id, 0, nothing.digest()));
        }
        Blobs.assertNoBlob(store, nothing.digest());
    }

    @Test
    default void committingAgainReplacesTheBlob() throws Exception {
        BlobStore store = store();
        Content before = Content.random(200_000);
        Content after = Content.random(100_000);
        Blobs.put(store, before);
        Blobs.putAs(store, after, before.digest());

        Blobs.assertBlob(store, before.digest(), after);
    }

    @Test
    default void readersOfAReplacedBlobReadOnUndisturbed() throws Exception {
        BlobStore store = store();
        Content before = Content.random(3 << 20);
        Blobs.put(store, before);
        try (BlobContent reader = store.open(before.digest(), 0)) {
            int read = reader.read(ByteBuffer.allocate(1000), 0);
            Blobs.putAs(store, Content.random(10), before.digest());

            assertThat(reader.sizeBytes()).isEqualTo(before.sizeBytes());
            assertThat(Blobs.read(reader, read)).isEqualTo(before.part(read, before.sizeBytes()).bytes());
        }
    }

    @Test
    default void committingManyBlobsKeepsThemApart() throws Exception {
        BlobStore store = store();
        List<Content> contents =
                IntStream.range(0, 100).mapToObj(i -> Content.random(100 + i)).toList();
        for (Content content : contents) {
            Blobs.put(store, content);
        }
        for (Content content : contents) {
            Blobs.assertBlob(store, content);
        }
    }
}
