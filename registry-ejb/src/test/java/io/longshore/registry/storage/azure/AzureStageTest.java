package io.longshore.registry.storage.azure;

import static io.longshore.registry.storage.azure.Interference.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.BlockListType;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What stages are in Azure, and what it takes to write them. */
@ExtendWith(AzuriteExtension.class)
class AzureStageTest {
    private static final Limits LIMITS = new Limits(1000, 20_000);

    private BlobContainerClient container;
    private Interference way;
    private AzureBlobStore store;

    @BeforeEach
    void open(Azurite azurite) throws IOException {
        container = azurite.newContainer();
        way = new Interference(azurite.port());
        store = Azurite.open(
                Azurite.settings(container.getBlobContainerName(), azurite.endpointAt(way.port())), LIMITS);
    }

    @AfterEach
    void close() {
        way.close();
    }

    private List<Long> blocksOf(StageId id) {
        return container.getBlobClient("docker/registry/v2/uploads/" + id)
                .getBlockBlobClient()
                .listBlocks(BlockListType.ALL)
                .getCommittedBlocks().stream()
                .map(Block::getSizeLong)
                .toList();
    }

    private List<String> versions() {
        return container.listBlobs().stream().map(blob -> blob.getProperties().getETag()).toList();
    }

    private List<String> objects() {
        return container.listBlobs().stream().map(BlobItem::getName).toList();
    }

    private void append(StageId id, long at, Content piece) throws IOException {
        try (Stage stage = store.resume(id, at)) {
            stage.write(piece.buffer());
        }
    }

    private StageId emptyStage() throws IOException {
        try (Stage stage = store.begin()) {
            return stage.id();
        }
    }

    @Test
    void aStageIsMadeOfBlocksOfOneSizeButTheLast() throws Exception {
        assertThat(blocksOf(Blobs.stage(store, Content.random(3500)))).containsExactly(1000L, 1000L, 1000L, 500L);
        assertThat(blocksOf(Blobs.stage(store, Content.random(2000)))).containsExactly(1000L, 1000L);
        assertThat(blocksOf(Blobs.stage(store, Content.of("")))).isEmpty();
    }

    @Test
    void aStageThatEndsWithinABlockGoesOnThere() throws Exception {
        Content content = Content.random(3000);
        StageId id = Blobs.stage(store, content.part(0, 1300));
        append(id, 1300, content.part(1300, 2900));
        append(id, 2900, content.part(2900, 3000));

        Blobs.assertStage(store, id, content);
    }

    /** A copy takes Azure its time, and nobody could read the blob meanwhile. */
    @Test
    void aLargeBlobThatIsThereIsNotCopiedThereAgain() throws Exception {
        Content content = Content.random(30_000);
        Blobs.put(store, content);
        List<String> before = versions();
        Blobs.put(store, content);

        assertThat(versions()).isEqualTo(before);
        assertThat(objects()).hasSize(1);
        Blobs.assertBlob(store, content);
    }

    @Test
    void aLargeBlobThatIsNotWholeIsReplaced() throws Exception {
        Content content = Content.random(30_000);
        Blobs.putAs(store, content.part(0, 25_000), content.digest());
        Blobs.put(store, content);

        Blobs.assertBlob(store, content);
    }

    @Test
    void chunksOfOneByteMakeFewBlocks() throws Exception {
        Content content = Content.random(100);
        StageId id = emptyStage();
        for (int at = 0; at < 100; at++) {
            append(id, at, content.part(at, at + 1));
            assertThat(blocksOf(id).size()).isLessThanOrEqualTo(8);
        }
        Blobs.assertStage(store, id, content);
    }

    @Test
    void chunksOfAnySizeMakeBlocksThatAreHalfFullOnTheAverage() throws Exception {
        for (int chunk : List.of(7, 333, 499, 501, 750, 999, 1001)) {
            Content content = Content.random(chunk * 20);
            StageId id = emptyStage();
            for (int at = 0; at < content.sizeBytes(); at += chunk) {
                append(id, at, content.part(at, at + chunk));
            }
            assertThat(blocksOf(id).size()).isLessThanOrEqualTo(10 + 2 * content.sizeBytes() / 1000);
            Blobs.assertStage(store, id, content);
        }
    }

    @Test
    void aStageThatIsOnlyLookedAtIsNotWritten() throws Exception {
        StageId id = Blobs.stage(store, Content.random(2500));
        int before = way.requests().size();
        store.resume(id, 2500).close();

        assertThat(way.requests().subList(before, way.requests().size())).noneMatch(of("PUT", ""));
    }

    @Test
    void aSmallBlobTakesOneRequest() throws Exception {
        int before = way.requests().size();
        Blobs.put(store, Content.random(1000));

        assertThat(way.requests().subList(before, way.requests().size())).hasSize(1);
    }

    @Test
    void aStageOfAFewBlocksIsCopiedInOneStepAndALargeOneIsNot() throws Exception {
        Content small = Content.random(20_000);
        Blobs.put(store, small);
        assertThat(way.requests()).filteredOn(of("HEAD", "/data")).isEmpty();
        Content large = Content.random(20_001);
        Blobs.put(store, large);
        assertThat(way.requests()).filteredOn(of("HEAD", "/data")).hasSize(2);

        Blobs.assertBlob(store, small);
        Blobs.assertBlob(store, large);
    }

    @Test
    void nothingIsLeftButBlobs() throws Exception {
        for (int size : List.of(0, 1, 1000, 1001, 25_000)) {
            Content content = Content.random(size);
            Blobs.commit(store, Blobs.stage(store, content), size, content.digest());
        }
        assertThat(objects()).hasSize(5).allMatch(name -> name.startsWith("docker/registry/v2/blobs/sha256/"));
    }

    @Test
    void nothingIsListedButWhatWasGivenUp() throws Exception {
        Content content = Content.random(25_000);
        Blobs.put(store, content);
        Blobs.assertBlob(store, content);
        store.delete(content.digest());

        assertThat(way.requests()).noneMatch(of("GET", "comp=list&"));
    }

    @Test
    void whatAWriterLeftBehindIsFoundAndDiscarded() throws Exception {
        Stage left = store.begin();
        left.write(Content.random(5500).buffer());

        try (Stream<StageId> found = store.untouchedSince(Instant.now().plus(Duration.ofHours(1)))) {
            assertThat(found).containsExactly(left.id());
        }
        store.discard(left.id());
        assertThat(objects()).isEmpty();
    }

    @Test
    void whatIsNoStageIsNotFoundAmongWhatWasGivenUp() throws Exception {
        container.getBlobClient("docker/registry/v2/uploads/notes.txt")
                .upload(BinaryData.fromString("keep"));

        try (Stream<StageId> found = store.untouchedSince(Instant.now().plus(Duration.ofHours(1)))) {
            assertThat(found).isEmpty();
        }
    }

    @Test
    void ofTwoWritersOneIsToldAndTheBytesOfTheOtherStay() throws Exception {
        Content content = Content.random(6000);
        StageId id = Blobs.stage(store, content.part(0, 1500));
        Stage slow = store.resume(id, 1500);
        slow.write(Content.random(3000).buffer());
        append(id, 1500, content.part(1500, 6000));

        assertThatExceptionOfType(StageLostException.class).isThrownBy(slow::close);
        Blobs.assertStage(store, id, content);
    }

    @Test
    void aStageThatWasWrittenToSinceIsNotCommittedByWhoOpenedItBefore() throws Exception {
        Content content = Content.random(3000);
        StageId id = Blobs.stage(store, content.part(0, 2500));
        Stage early = store.resume(id, 2500);
        append(id, 2500, content.part(2500, 3000));

        assertThatExceptionOfType(StageLostException.class)
                .isThrownBy(() -> early.commit(content.part(0, 2500).digest()));
        Blobs.assertNoBlob(store, content.part(0, 2500).digest());
        Blobs.assertStage(store, id, content);
    }

    @Test
    void aStageGoesOnWhereBlocksHaveAnotherSize(Azurite azurite) throws Exception {
        Content content = Content.random(9000);
        StageId id = Blobs.stage(store, content.part(0, 3500));
        AzureSettings settings = azurite.settings(container);
        for (int blockBytes : List.of(1700, 300)) {
            AzureBlobStore other = Azurite.open(settings, new Limits(blockBytes, 20_000));
            try (Stage stage = other.resume(id, 3300)) {
                stage.write(content.part(3300, 9000).buffer());
            }
            Blobs.assertStage(store, id, content);
        }
        Blobs.commit(store, id, 9000, content.digest());
        Blobs.assertBlob(store, content);
    }
}
