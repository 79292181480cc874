package io.longshore.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import io.longshore.registry.storage.StorageUnavailableException;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Stages of more than one segment, and what lies in the bucket. */
class SegmentsTest {
    private static final int CHUNK = (int) S3Server.CHUNK_BYTES;

    private final S3Server server = S3Server.shared();
    private final String bucket = server.newBucket();
    private final FaultLine line = new FaultLine(server.port());
    private S3BlobStore store;

    @BeforeEach
    void open() throws IOException {
        store = S3BlobStore.open(server.settings(bucket, line.endpoint()));
        line.requests();
    }

    @AfterEach
    void close() {
        store.close();
        line.close();
    }

    private List<S3Object> objects() {
        return server.client().listObjectsV2(request -> request.bucket(bucket)).contents();
    }

    private List<StageId> leftovers() throws IOException {
        try (Stream<StageId> found = store.untouchedSince(Instant.now().plus(Duration.ofHours(30)))) {
            return found.toList();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 3 * CHUNK + 70_000})
    void blobIsWholeAtEveryBoundaryOfSegments(int sizeBytes) throws Exception {
        Content content = Content.random(sizeBytes);
        StageId id = Blobs.stage(store, content);
        Blobs.assertStage(store, id, content);
        assertThat(objects()).hasSize((sizeBytes + CHUNK - 1) / CHUNK);
        Blobs.commit(store, id, sizeBytes, content.digest());

        Blobs.assertBlob(store, content);
        assertThat(objects()).hasSize(1);
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK})
    void blobIsWholeThatIsCommittedByItsWriter(int sizeBytes) throws Exception {
        Content content = Content.random(sizeBytes);
        Blobs.put(store, content);

        Blobs.assertBlob(store, content);
        assertThat(objects()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 3})
    void stageGoesOnFromEveryBoundaryOfSegments(int first) throws Exception {
        Content content = Content.random(2 * CHUNK + 100_000);
        StageId id = Blobs.stage(store, content.part(0, first));
        try (Stage stage = store.resume(id, first)) {
            stage.write(content.part(first, content.sizeBytes()).buffer());
        }
        Blobs.assertStage(store, id, content);
        try (Stage stage = store.resume(id, content.sizeBytes())) {
            stage.write(Content.of("end").buffer());
            stage.commit(content.digest());
        }
        Blobs.assertBlob(store, content.digest(), content.then(Content.of("end")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK})
    void cutTakesWholeSegmentsAwayToo(int kept) throws Exception {
        Content content = Content.random(3 * CHUNK + 5);
        StageId id = Blobs.stage(store, content);
        store.resume(id, kept).close();
        Blobs.assertStage(store, id, content.part(0, kept));
        try (Stage stage = store.resume(id, kept)) {
            stage.write(content.part(kept, 2 * CHUNK + 5).buffer());
        }
        Blobs.assertStage(store, id, content.part(0, 2 * CHUNK + 5));
        Blobs.commit(store, id, 2L * CHUNK + 5, content.digest());

        Blobs.assertBlob(store, content.digest(), content.part(0, 2 * CHUNK + 5));
        assertThat(objects()).hasSize(1);
    }

    @Test
    void bytesThatComeOneByOneCrossTheBoundaryOfSegments() throws Exception {
        Content content = Content.random(CHUNK + 3);
        StageId id = Blobs.stage(store, content.part(0, CHUNK - 3));
        for (int i = CHUNK - 3; i < content.sizeBytes(); i++) {
            try (Stage stage = store.resume(id, i)) {
                stage.write(content.part(i, i + 1).buffer());
            }
        }
        Blobs.assertStage(store, id, content);
        assertThat(objects()).extracting(S3Object::size).containsExactly((long) CHUNK, 3L);
    }

    @Test
    void anotherStoreGoesOnWithTheSizeOfSegmentsThatTheStageHas() throws Exception {
        Content content = Content.random(3 * CHUNK);
        StageId id = Blobs.stage(store, content.part(0, 2 * CHUNK));
        S3Settings settings = server.settings(
                bucket,
                S3Settings.Access.of(S3Server.REGION, server.endpoint()),
                S3Settings.Writing.inChunksOf(CHUNK + 1));
        try (S3BlobStore other = S3BlobStore.open(settings)) {
            try (Stage stage = other.resume(id, 2L * CHUNK)) {
                stage.write(content.part(2 * CHUNK, 3 * CHUNK).buffer());
            }
            Blobs.commit(other, id, content.sizeBytes(), content.digest());
        }
        Blobs.assertBlob(store, content);
    }

    @Test
    void smallPushIsOneRequest() throws Exception {
        Content content = Content.random(100_000);
        Blobs.put(store, content);

        assertThat(line.requests()).singleElement().asString().startsWith("PUT ");
    }

    @Test
    void pullIsOneRequest() throws Exception {
        Content content = Content.random(100_000);
        Blobs.put(store, content);
        line.requests();
        Blobs.assertBlob(store, content);

        assertThat(line.requests()).singleElement().asString().startsWith("GET ");
    }

    @Test
    void nothingIsListedButWhatIsThrownAway() throws Exception {
        Content content = Content.random(2 * CHUNK + 1);
        StageId id = Blobs.stage(store, content);
        Blobs.assertStage(store, id, content);
        Blobs.commit(store, id, content.sizeBytes(), content.digest());
        store.delete(content.digest());

        assertThat(line.requests()).noneMatch(request -> request.contains("list-type"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, CHUNK, CHUNK + 1, 3 * CHUNK + 9})
    void stageOfAKnownBlobLeavesNothingButTheBlob(int sizeBytes) throws Exception {
        Content content = Content.random(sizeBytes);
        try (Stage stage = store.begin(content.digest())) {
            stage.write(content.buffer());
            stage.commit(content.digest());
            assertThat(stage.sizeBytes()).isEqualTo(sizeBytes);
        }
        assertThat(line.requests()).noneMatch(request -> request.contains("/uploads/"));
        Blobs.assertBlob(store, content);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void stageOfAKnownBlobThatIsGivenUpLeavesNothing() throws Exception {
        Content content = Content.random(2 * CHUNK);
        Stage stage = store.begin(content.digest());
        stage.write(content.buffer());
        assertThat(leftovers()).hasSize(1);
        stage.close();

        assertThat(leftovers()).isEmpty();
        Blobs.assertNoBlob(store, content.digest());
        Blobs.assertNoStage(store, stage.id());
        store.discard(stage.id());
    }

    @Test
    void stageOfAKnownBlobBecomesNoOther() throws Exception {
        try (Stage stage = store.begin(Content.of("one").digest())) {
            assertThatIllegalArgumentException().isThrownBy(() -> stage.commit(Content.of("two").digest()));
        }
    }

    @Test
    void multipartUploadThatWasLeftBehindIsFoundAndGivenUp() throws Exception {
        String key = "docker/registry/v2/blobs/sha256/00/" + "0".repeat(64) + "/data";
        String upload = server.client().createMultipartUpload(request -> request.bucket(bucket).key(key)).uploadId();
        server.client().uploadPart(
                request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(1),
                RequestBody.fromString("of a node that was killed"));
        List<StageId> found = leftovers();
        assertThat(found).hasSize(1);
        try (Stream<StageId> young = store.untouchedSince(Instant.now().minus(Duration.ofHours(30)))) {
            assertThat(young).isEmpty();
        }
        Blobs.assertNoStage(store, found.get(0));
        store.discard(found.get(0));
        store.discard(found.get(0));

        assertThat(leftovers()).isEmpty();
    }

    @Test
    void objectsOfOthersAreNotTouched() throws Exception {
        for (String key : List.of("docker/registry/v2/uploads/mine", "docker/registry/v2/uploads/a/b", "other")) {
            server.client().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("mine"));
        }
        server.client().createMultipartUpload(request -> request.bucket(bucket).key("docker/registry/v2/blobs/mine"));

        assertThat(leftovers()).isEmpty();
    }

    @Test
    void writerThatLostItsStageToAnotherDoesNotReachIntoIt() throws Exception {
        Content content = Content.random(1000);
        StageId id = Blobs.stage(store, content.part(0, 500));
        Stage forgotten = store.resume(id, 500);
        forgotten.write(Content.of("nobody knows of these").buffer());
        try (Stage newer = store.resume(id, 500)) {
            newer.write(content.part(500, 1000).buffer());
        }

        assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(forgotten::close);
        Blobs.assertStage(store, id, content);
    }

    @Test
    void writerThatMeetsAForgottenOneGoesOnWhenItComesBack() throws Exception {
        Content content = Content.random(1000);
        StageId id = Blobs.stage(store, content.part(0, 500));
        Stage forgotten = store.resume(id, 500);
        forgotten.write(Content.of("nobody knows of these").buffer());
        Stage newer = store.resume(id, 500);
        newer.write(content.part(500, 1000).buffer());
        forgotten.close();

        assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(newer::close);
        try (Stage again = store.resume(id, 500)) {
            again.write(content.part(500, 1000).buffer());
        }
        Blobs.assertStage(store, id, content);
    }

    @Test
    void segmentThatIsMissingIsNoticed() throws Exception {
        Content content = Content.random(2 * CHUNK + 1);
        StageId id = Blobs.stage(store, content);
        String second = objects().get(1).key();
        server.client().deleteObject(request -> request.bucket(bucket).key(second));

        assertThatExceptionOfType(StageLostException.class)
                .isThrownBy(() -> Blobs.commit(store, id, content.sizeBytes(), content.digest()));
        try (ReadableByteChannel channel = store.readStage(id, content.sizeBytes())) {
            assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> Blobs.read(channel));
        }
        Blobs.assertNoBlob(store, content.digest());
        store.discard(id);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void partsAreCopiedThroughHereWhereTheStoreCannot() throws Exception {
        Content content = Content.random(2 * CHUNK + 7);
        StageId id = Blobs.stage(store, content);
        line.answer(3, request -> request.contains("partNumber="), 501, "NotImplemented");
        Blobs.commit(store, id, content.sizeBytes(), content.digest());

        Blobs.assertBlob(store, content);
    }

    @Test
    void objectsAreDeletedOneByOneWhereTheStoreCannotDoMore() throws Exception {
        StageId id = Blobs.stage(store, Content.random(2 * CHUNK + 7));
        line.answer(1, request -> request.endsWith("?delete"), 501, "NotImplemented");
        store.discard(id);

        assertThat(objects()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/some/root", "some/root/", "odd.root/-/_", "sp ace/ü+%20"})
    void treeOfDistributionIsReadWhereverItsRootIs(String root) throws Exception {
        Content content = Content.random(1000);
        Digest digest = content.digest();
        String prefix = (root + "/").replaceAll("^/+", "").replaceAll("/+$", "/");
        String key = prefix + "docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex()
                + "/data";
        server.client().putObject(
                request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content.bytes()));
        S3Settings usual = server.settings(bucket);
        S3Settings settings = new S3Settings(
                bucket, root, usual.credentials(), usual.access(), usual.writing(), usual.addressLifetime());
        try (S3BlobStore rooted = S3BlobStore.open(settings)) {
            Blobs.assertBlob(rooted, content);
            Content more = Content.random(2 * CHUNK + 1);
            StageId id = Blobs.stage(rooted, more);
            Blobs.commit(rooted, id, more.sizeBytes(), more.digest());
            Blobs.assertBlob(rooted, more);
            assertThat(rooted.delete(digest)).isTrue();
        }
        assertThat(objects()).singleElement().extracting(S3Object::key).asString().startsWith(prefix + "docker/");
    }

    @Test
    void wholeSegmentsAreInTheStoreBeforeTheStageIsClosed() throws Exception {
        ByteBuffer piece = Content.random(1 << 20).buffer();
        try (Stage stage = store.begin()) {
            for (int i = 0; i < 12; i++) {
                stage.write(piece.rewind());
            }
            assertThat(objects()).isNotEmpty();
        }
    }
}
