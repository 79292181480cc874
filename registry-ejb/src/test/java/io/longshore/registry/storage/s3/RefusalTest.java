package io.longshore.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import io.longshore.registry.storage.StorageUnavailableException;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.io.IOException;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that refuses: what ends an upload or a blob, and what may pass. */
class RefusalTest {
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

    /** Only an answer with a body tells a bucket that is away from an object that is not there. */
    @Test
    void storeWithoutItsBucketIsUnavailable() {
        line.answer(1000, ANY, 404, "NoSuchBucket");

        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> Blobs.put(store, Content.random(1000)));
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.open(Content.of("some").digest(), 0));
    }

    /** NoSuchBucket, and what a proxy says whose store is away. */
    @ParameterizedTest
    @CsvSource({"NoSuchBucket", "''"})
    void stageIsNotLostWhereTheStoreIsAway(String code) throws Exception {
        Content content = Content.random(CHUNK + 1);
        StageId id = Blobs.stage(store, content);
        line.answer(1000, ANY, 404, code);

        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.resume(id, content.sizeBytes()).close());
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.readStage(id, content.sizeBytes()).close());
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.delete(content.digest()));
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.open(content.digest(), 0));
        line.heal();
        Blobs.assertStage(store, id, content);
    }

    @Test
    void stageIsNotLostWhereOneAnswerWasWrong() throws Exception {
        Content content = Content.random(1000);
        StageId id = Blobs.stage(store, content);
        line.answer(1, request -> request.startsWith("HEAD "), 404, "");

        store.resume(id, 1000).close();
        Blobs.assertStage(store, id, content);
    }

    @Test
    void stageThatTheStoreDoesNotHaveIsLost() {
        assertThatExceptionOfType(StageLostException.class)
                .isThrownBy(() -> store.resume(StageName.random(CHUNK).id(), 1000));
    }

    @Test
    void writeOfASegmentThatMeetsAnotherRequestIsRepeated() throws Exception {
        Content content = Content.random(1000);
        StageId id = Blobs.stage(store, content.part(0, 500));
        line.answer(2, PUT, 409, "ConditionalRequestConflict");
        try (Stage stage = store.resume(id, 500)) {
            stage.write(content.part(500, 1000).buffer());
        }

        Blobs.assertStage(store, id, content);
    }

    @Test
    void writeOfASegmentThatMeetsOthersAgainAndAgainFailsAndCanBeRepeated() throws Exception {
        Content content = Content.random(1000);
        StageId id = Blobs.stage(store, content.part(0, 500));
        line.answer(1000, PUT, 409, "ConditionalRequestConflict");
        Stage stage = store.resume(id, 500);
        stage.write(content.part(500, 1000).buffer());

        assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(stage::close);
        line.heal();
        Blobs.assertStage(store, id, content.part(0, 500));
    }

    /** The store answers that another object is there, and then that none is. */
    @Test
    void refusalOfAWriteIsNotALossWhereNothingIsFound() throws Exception {
        Stage stage = store.begin();
        stage.write(Content.of("some").buffer());
        line.answer(1, PUT, 412, "PreconditionFailed");

        assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(stage::close);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied", "403, InvalidAccessKeyId", "403, SignatureDoesNotMatch", "400, ExpiredToken",
        "400, InvalidToken", "401, Unauthorized", "403, ''"
    })
    void rightsThatEndMakeTheStoreUnavailableAndTheMessageSaysWhatItSaid(int status, String code) throws Exception {
        Content content = Content.random(10);
        StageId id = Blobs.stage(store, content);
        line.answer(1000, ANY, status, code);

        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> Blobs.put(store, content))
                .withMessageContaining("PUT docker/registry/v2/blobs/")
                .withMessageContaining((status + " " + code).trim())
                .withMessageEndingWith(": no");
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.open(content.digest(), 0));
        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> store.resume(id, 10).close());
        line.heal();
        Blobs.assertStage(store, id, content);
    }

    @Test
    void objectThatWasArchivedIsAFailure() {
        line.answer(1, GET, 403, "InvalidObjectState");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.open(Content.of("some").digest(), 0))
                .withMessageContaining("403 InvalidObjectState")
                .matches(failure -> !(failure instanceof StorageUnavailableException));
    }

    @Test
    void refusalIsAFailureThatNamesWhatWasRefused() {
        line.answer(1, PUT, 400, "InvalidArgument");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Blobs.put(store, Content.random(10)))
                .withMessageContaining("PUT docker/registry/v2/blobs/")
                .withMessageContaining("400 InvalidArgument")
                .matches(failure -> !(failure instanceof StorageUnavailableException));
    }
}
