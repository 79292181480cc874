package io.longshore.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StorageFullException;
import io.longshore.registry.storage.StorageUnavailableException;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** A store that is slow, asked too much, or away in the middle of something. */
class FaultTest {
    private static final int CHUNK = (int) S3Server.CHUNK_BYTES;
    private static final Predicate<String> ANY = request -> true;
    private static final Predicate<String> GET = request -> request.startsWith("GET ");
    private static final Predicate<String> PUT = request -> request.startsWith("PUT ");

    private final S3Server server = S3Server.shared();
    private final String bucket = server.newBucket();
    private final FaultLine line = new FaultLine(server.port());
    private S3BlobStore store;

    @BeforeEach
    void open() throws IOException {
        store = S3BlobStore.open(server.settings(bucket, line.endpoint()), S3Server.LITTLE);
    }

    @AfterEach
    void close() {
        store.close();
        line.close();
    }

    @Test
    void storeThatIsFarAwayIsWaitedFor() throws Exception {
        Content content = Content.random(2 * CHUNK + 1);
        line.setLatency(Duration.ofMillis(200));
        StageId id = Blobs.stage(store, content.part(0, CHUNK + 1));
        try (Stage stage = store.resume(id, CHUNK + 1)) {
            stage.write(content.part(CHUNK + 1, content.sizeBytes()).buffer());
            stage.commit(content.digest());
        }

        Blobs.assertBlob(store, content);
        assertThat(store.retries()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown", "503, ServiceUnavailable", "429, TooManyRequests", "500, InternalError", "502, BadGateway"
    })
    void busyStoreIsAskedAgainAndThatIsCounted(int status, String code) throws Exception {
        Content content = Content.random(CHUNK + 1);
        line.answer(2, PUT, status, code);
        Blobs.put(store, content);
        line.answer(2, GET, status, code);

        Blobs.assertBlob(store, content);
        assertThat(store.retries()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"503, SlowDown", "429, TooManyRequests", "500, InternalError"})
    void storeThatStaysBusyIsUnavailableAndHealsByItself(int status, String code) throws Exception {
        Content content = Content.random(1000);
        line.answer(1000, ANY, status, code);

        assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(() -> Blobs.put(store, content));
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.open(content.digest(), 0));
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.resume(StageName.random(CHUNK).id(), 0));
        line.heal();
        Blobs.assertNoBlob(store, content.digest());
        Blobs.put(store, content);
        Blobs.assertBlob(store, content);
    }

    @Test
    void silentStoreIsUnavailableAndHealsByItself() throws Exception {
        Content content = Content.random(CHUNK + 1);
        Blobs.put(store, content);
        line.fallSilent();

        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.open(content.digest(), 0));
        assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(() -> Blobs.put(store, content));
        line.heal();
        Blobs.assertBlob(store, content);
    }

    /** However many attempts are left: a client has gone long before the last of them. */
    @Test
    void allAttemptsTogetherHaveAnEnd() throws Exception {
        Patience patience = new Patience(
                Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(2), 50,
                Duration.ofMillis(1), Duration.ofMillis(1));
        Content content = Content.random(1000);
        try (S3BlobStore patient = S3BlobStore.open(server.settings(bucket, line.endpoint()), patience)) {
            line.fallSilent();

            assertThatExceptionOfType(StorageUnavailableException.class)
                    .isThrownBy(() -> Blobs.put(patient, content))
                    .withCauseInstanceOf(ApiCallTimeoutException.class);
            assertThatExceptionOfType(StorageUnavailableException.class)
                    .isThrownBy(() -> patient.open(content.digest(), 0))
                    .withCauseInstanceOf(ApiCallTimeoutException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void storeThatRefusesConnectionsIsUnavailable() throws Exception {
        Content content = Content.random(1000);
        Blobs.put(store, content);
        line.close();

        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.open(content.digest(), 0));
        assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(() -> Blobs.put(store, content));
    }

    @Test
    void fullStoreIsFull() {
        line.answer(1, PUT, 507, "XMinioStorageFull");

        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(() -> Blobs.put(store, Content.random(10)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2000, 100_000, 1_000_000})
    void readingGoesOnAfterTheConnectionBroke(int bytes) throws Exception {
        Content content = Content.random(3 << 20);
        Blobs.put(store, content);
        line.cutAnswers(3, GET, bytes);

        Blobs.assertBlob(store, content);
    }

    @Test
    void readingAStageGoesOnAfterTheConnectionBroke() throws Exception {
        Content content = Content.random(2 * CHUNK + 9);
        StageId id = Blobs.stage(store, content);
        line.cutAnswers(3, GET, 1_000_000);

        try (ReadableByteChannel channel = store.readStage(id, content.sizeBytes())) {
            assertThat(Blobs.read(channel)).isEqualTo(content.bytes());
        }
    }

    @Test
    void readingEndsIfTheStoreIsAwayOnceTheConnectionBroke() throws Exception {
        Content content = Content.random(3 << 20);
        Blobs.put(store, content);
        line.cutAnswers(1, GET, 1_000_000);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            line.answer(1000, GET, 503, "SlowDown");

            assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(() -> Blobs.read(blob));
        }
    }

    @Test
    void readingNeverGoesOnInAnotherObject() throws Exception {
        Content content = Content.random(3 << 20);
        Blobs.put(store, content);
        line.cutAnswers(1, GET, 1_000_000);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            Blobs.putAs(store, Content.random(3 << 20), content.digest());

            assertThatExceptionOfType(BlobLostException.class).isThrownBy(() -> Blobs.read(blob));
        }
    }

    @Test
    void jumpInABlobThatWasReplacedIsNoticed() throws Exception {
        Content content = Content.random(3 << 20);
        Blobs.put(store, content);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            Blobs.putAs(store, Content.random(3 << 20), content.digest());

            assertThatExceptionOfType(BlobLostException.class)
                    .isThrownBy(() -> blob.read(ByteBuffer.allocate(10), 1 << 20));
        }
    }

    @Test
    void answerThatWasLostToAWriteOfASegmentDoesNoHarm() throws Exception {
        Content content = Content.random(CHUNK + 1000);
        StageId id = Blobs.stage(store, content.part(0, 500));
        line.loseAnswers(2, PUT);
        try (Stage stage = store.resume(id, 500)) {
            stage.write(content.part(500, content.sizeBytes()).buffer());
        }
        Blobs.assertStage(store, id, content);
        assertThat(store.retries()).isEqualTo(2);
    }

    @Test
    void answerThatWasLostToACompletionDoesNoHarm() throws Exception {
        Content content = Content.random(2 * CHUNK + 1);
        line.loseAnswers(1, request -> request.startsWith("POST ") && request.contains("?uploadId="));
        Blobs.put(store, content);

        Blobs.assertBlob(store, content);
        assertThat(store.retries()).isEqualTo(1);
    }

    @Test
    void answerThatWasLostToACopyDoesNoHarm() throws Exception {
        Content content = Content.random(1000);
        StageId id = Blobs.stage(store, content);
        line.loseAnswers(1, PUT);
        Blobs.commit(store, id, 1000, content.digest());

        Blobs.assertBlob(store, content);
    }

    @Test
    void commitThatFailsInTheMiddleLeavesNoBlobAndAStageThatCanBeCommitted() throws Exception {
        Content content = Content.random(3 * CHUNK);
        StageId id = Blobs.stage(store, content);
        line.answer(1000, request -> request.contains("partNumber=2"), 500, "InternalError");
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> Blobs.commit(store, id, content.sizeBytes(), content.digest()));
        Blobs.assertNoBlob(store, content.digest());
        line.heal();
        Blobs.commit(store, id, content.sizeBytes(), content.digest());

        Blobs.assertBlob(store, content);
        assertThat(store.untouchedSince(Instant.MAX)).isEmpty();
    }

    @Test
    void writeThatFailsKeepsWhatWasAcknowledgedAndNoMore() throws Exception {
        Content content = Content.random(2 * CHUNK + 1000);
        StageId id = Blobs.stage(store, content.part(0, 1000));
        line.answer(1000, PUT, 503, "SlowDown");
        Stage stage = store.resume(id, 1000);
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> stage.write(content.part(1000, content.sizeBytes()).buffer()));
        assertThatCode(stage::close).doesNotThrowAnyException();
        line.heal();

        Blobs.assertStage(store, id, content.part(0, 1000));
    }

    @Test
    void closingFailsIfTheBytesCannotBeKept() throws Exception {
        Stage stage = store.begin();
        stage.write(Content.of("some").buffer());
        line.answer(1000, PUT, 503, "SlowDown");

        assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(stage::close);
        assertThatCode(stage::close).doesNotThrowAnyException();
    }

    @Test
    void blobIsThereAlthoughItsStageCannotBeDeleted() throws Exception {
        Content content = Content.random(1000);
        StageId id = Blobs.stage(store, content);
        line.answer(1000, request -> request.startsWith("DELETE "), 503, "SlowDown");
        Blobs.commit(store, id, 1000, content.digest());
        line.heal();

        Blobs.assertBlob(store, content);
        assertThat(store.untouchedSince(Instant.MAX)).containsExactly(id);
    }

    @Test
    void listingThatFailsSaysSo() {
        line.answer(1000, GET, 503, "SlowDown");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> store.untouchedSince(Instant.MAX).toList())
                .withCauseInstanceOf(StorageUnavailableException.class);
    }
}
