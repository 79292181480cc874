package io.longshore.registry.storage.azure;

import static io.longshore.registry.storage.azure.Interference.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.storage.blob.BlobContainerClient;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StorageUnavailableException;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens on the way to Azure and back. */
@ExtendWith(AzuriteExtension.class)
class AzureFaultTest {
    private static final int BLOCK_BYTES = 50_000;

    private BlobContainerClient container;
    private Interference way;
    private AzureSettings settings;
    private AzureBlobStore store;

    @BeforeEach
    void open(Azurite azurite) throws IOException {
        container = azurite.newContainer();
        way = new Interference(azurite.port());
        settings = Azurite.settings(container.getBlobContainerName(), azurite.endpointAt(way.port()));
        store = Azurite.open(settings, new Limits(BLOCK_BYTES, 200_000));
    }

    @AfterEach
    void close() {
        way.close();
    }

    @ParameterizedTest
    @CsvSource({
        "429, TooManyRequests", "500, InternalError", "502, ''", "503, ServerBusy", "503, OperationTimedOut", "504, ''"
    })
    void whatIsRefusedForAWhileIsTriedAgainAndCounted(int status, String code) throws Exception {
        Content content = Content.random(1000);
        way.answer(3, of("PUT", "/data"), status, code);
        Blobs.put(store, content);

        assertThat(store.retries()).isEqualTo(3);
        Blobs.assertBlob(store, content);
    }

    @Test
    void aStoreThatIsBusyForTooLongIsUnavailableAndHealsByItself() throws Exception {
        Content content = Content.random(1000);
        way.answer(6, of("PUT", "/data"), 503, "ServerBusy");

        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> Blobs.put(store, content))
                .withMessageContaining("tried 6 times")
                .withMessageContaining("503 ServerBusy");
        assertThat(store.retries()).isEqualTo(5);
        Blobs.assertNoBlob(store, content.digest());
        Blobs.put(store, content);
        Blobs.assertBlob(store, content);
    }

    @Test
    void aStoreThatIsAwayIsUnavailable() {
        way.close();

        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.open(Content.of("any").digest(), 0));
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> Blobs.put(store, Content.random(200_000)));
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.delete(Content.of("any").digest()));
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.untouchedSince(Instant.now()));
    }

    @Test
    void whatIsRefusedForGoodIsNotTriedAgain() {
        way.answer(1, of("PUT", "/data"), 403, "AuthorizationFailure");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Blobs.put(store, Content.random(1000)))
                .withMessage("Azure answered 403 AuthorizationFailure");
        assertThat(store.retries()).isZero();
    }

    @Test
    void readingGoesOnAfterTheConnectionBroke() throws Exception {
        Content content = Content.random(300_000);
        Blobs.put(store, content);
        way.breakOff(1, of("GET", "/data"), 100_000);
        way.breakOff(1, of("GET", "/data"), 70_000);

        Blobs.assertBlob(store, content);
        assertThat(store.retries()).isEqualTo(2);
        assertThat(way.requests()).filteredOn(of("GET", "/data")).hasSize(3);
    }

    @Test
    void readingAStageGoesOnAfterTheConnectionBroke() throws Exception {
        Content content = Content.random(300_000);
        StageId id = Blobs.stage(store, content);
        way.breakOff(2, of("GET", id.value()), 20_000);

        Blobs.assertStage(store, id, content);
    }

    @Test
    void aReplacedBlobIsNotMixedWithTheOneThatWasBeingRead() throws Exception {
        Content content = Content.random(300_000);
        Blobs.put(store, content);
        way.breakOff(1, of("GET", "/data"), 100_000);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            Blobs.putAs(store, Content.random(290_000), content.digest());

            assertThatExceptionOfType(BlobLostException.class).isThrownBy(() -> Blobs.read(blob));
        }
    }

    @Test
    void aJumpWithinADeletedBlobSaysThatItIsLost() throws Exception {
        Content content = Content.random(300_000);
        Blobs.put(store, content);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            store.delete(content.digest());

            assertThatExceptionOfType(BlobLostException.class)
                    .isThrownBy(() -> blob.read(ByteBuffer.allocate(10), 200_000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data", "comp=blocklist", "comp=block&"})
    void anAnswerThatWasLostToAWriteDoesNoHarm(String part) throws Exception {
        Content content = Content.random(120_000);
        way.loseAnswers(1, of("PUT", part));
        Stage stage = store.begin();
        stage.write(content.part(0, 60_000).buffer());
        stage.close();
        try (Stage more = store.resume(stage.id(), 60_000)) {
            more.write(content.part(60_000, 120_000).buffer());
            more.commit(content.digest());
        }

        Blobs.assertBlob(store, content);
        Blobs.assertNoStage(store, stage.id());
        assertThat(store.retries()).isEqualTo(1);
    }

    @Test
    void aDeleteWhoseAnswerWasLostDeleted() throws Exception {
        Content content = Content.random(1000);
        Blobs.put(store, content);
        way.loseAnswers(1, of("DELETE", "/data"));

        assertThat(store.delete(content.digest())).isTrue();
        Blobs.assertNoBlob(store, content.digest());
    }

    @Test
    void aFailedWriteLeavesTheStageAsItWasClosedLast() throws Exception {
        Content content = Content.random(250_000);
        StageId id = Blobs.stage(store, content.part(0, 60_000));
        Stage stage = store.resume(id, 60_000);
        way.answer(6, of("PUT", "comp=block&"), 503, "ServerBusy");
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> stage.write(content.part(60_000, 250_000).buffer()));
        stage.close();

        Blobs.assertStage(store, id, content.part(0, 60_000));
        try (Stage again = store.resume(id, 60_000)) {
            again.write(content.part(60_000, 250_000).buffer());
        }
        Blobs.assertStage(store, id, content);
    }

    @Test
    void aCopyThatIsNotCompleteIsNoBlob() throws Exception {
        Content content = Content.random(1000);
        Blobs.put(store, content);
        way.addHeader(1, of("GET", "/data"), "x-ms-copy-status", "pending");
        way.addHeader(1, of("GET", "/data"), "x-ms-copy-status", "failed");

        Blobs.assertNoBlob(store, content.digest());
        Blobs.assertNoBlob(store, content.digest());
        Blobs.assertBlob(store, content);
    }

    @Test
    void aLargeStageIsWaitedForWhileAzureCopiesIt() throws Exception {
        Content content = Content.random(210_000);
        way.addHeader(3, of("HEAD", "/data"), "x-ms-copy-status", "pending");
        Blobs.put(store, content);

        assertThat(way.requests()).filteredOn(of("HEAD", "/data")).hasSize(4);
        Blobs.assertBlob(store, content);
    }

    @Test
    void aCopyThatDoesNotEndIsNotWaitedForForever() throws Exception {
        Content content = Content.random(210_000);
        AzureBlobStore hasty = Azurite.open(settings, new Limits(BLOCK_BYTES, 200_000, Duration.ZERO));
        way.addHeader(1000, of("HEAD", "/data"), "x-ms-copy-status", "pending");

        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> Blobs.put(hasty, content))
                .withMessageContaining("still copies");
    }

    @Test
    void aCopyByAnotherNodeIsWaitedFor() throws Exception {
        Content content = Content.random(100_000);
        Blobs.put(store, content);
        way.answer(1, of("PUT", "/data"), 409, "PendingCopyOperation");
        way.addHeader(2, of("HEAD", "/data"), "x-ms-copy-status", "pending");
        Blobs.put(store, content);

        assertThat(way.requests()).filteredOn(of("HEAD", "/data")).hasSize(3);
        Blobs.assertBlob(store, content);
    }

    @Test
    void aCopyByAnotherNodeThatIsDeletedAtOnceIsInNobodysWay() throws Exception {
        Content content = Content.random(100_000);
        way.answer(1, of("PUT", "/data"), 409, "PendingCopyOperation");
        Blobs.put(store, content);

        Blobs.assertBlob(store, content);
    }

    @Test
    void aListOfManyPagesSurvivesThatOneIsRefusedForAWhile() throws Exception {
        StageId id = Blobs.stage(store, Content.random(10));
        way.answer(2, of("GET", "comp=list"), 503, "ServerBusy");
        try (var found = store.untouchedSince(Instant.now().plusSeconds(3600))) {
            assertThat(found).containsExactly(id);
        }
    }
}
