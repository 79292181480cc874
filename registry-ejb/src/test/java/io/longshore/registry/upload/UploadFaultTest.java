package io.longshore.registry.upload;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.database.Database;
import io.longshore.registry.database.FaultyLine;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StorageFullException;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads while the database goes away or the storage is full. */
class UploadFaultTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("test/faults");
    private static final Optional<ChunkRange> NO_RANGE = Optional.empty();
    private static final int SIZE = 50_000;

    private static TestDatabase postgres;
    private static FaultyLine line;
    private static Database database;

    private final Content content = Content.random(SIZE);
    private Node node = Node.on(database, new MemoryBlobStore());

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        line = new FaultyLine(TestDatabase.port());
        database = postgres.over(line);
    }

    @AfterAll
    static void close() {
        database.close();
        line.close();
        postgres.close();
    }

    @AfterEach
    void heal() {
        line.heal();
        TestDatabase.useUpBroken(database);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void theEndOfAnUploadSucceedsWhenTheDatabaseIsBack(int acknowledged) throws IOException {
        UploadId id = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        appendUpTo(id, acknowledged);
        Content rest = content.part(acknowledged, SIZE);

        UploadBody whole = Bodies.thenDo(rest, line::cut);
        assertUnavailable(() -> node.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, whole, content.digest()));
        assertUnavailable(
                () -> node.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(rest), content.digest()));
        heal();
        node.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(rest), content.digest());

        assertUploaded();
    }

    /** The bytes have left their stage; the session stays for the end that nobody has recorded yet. */
    @Test
    void anEndThatTheDatabaseMissedOutlivesAChunkThatComesTooLate() throws IOException {
        UploadId id = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        appendUpTo(id, 1000);
        UploadBody whole = Bodies.thenDo(content.part(1000, SIZE), line::cut);
        assertUnavailable(() -> node.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, whole, content.digest()));
        heal();

        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> node.append(REPOSITORY, id, content, 1000, 2000));
        node.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.empty(), content.digest());

        assertUploaded();
    }

    @Test
    void anUploadWithoutAnyChunkEndsAfterARestartToo() throws IOException {
        UploadId id = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        UploadBody whole = Bodies.thenDo(content, line::cut);
        assertUnavailable(() -> node.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, whole, content.digest()));
        heal();

        node.another().uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content), content.digest());

        assertUploaded();
    }

    @Test
    void aPushSucceedsWhenTheDatabaseIsBack() throws IOException {
        UploadBody whole = Bodies.thenDo(content, line::cut);
        assertUnavailable(() -> node.uploads.push(ALICE, REPOSITORY, whole, content.digest()));
        heal();
        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> node.blobs.sizeOf(REPOSITORY, content.digest()));

        node.uploads.push(ALICE, REPOSITORY, Bodies.of(content), content.digest());

        assertUploaded();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void aChunkThatTheDatabaseNeverHeardOfCanBeSentAgain(int acknowledged) throws IOException {
        UploadId id = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        appendUpTo(id, acknowledged);
        UploadBody chunk = Bodies.thenDo(content.part(acknowledged, 20_000), line::cut);
        assertUnavailable(() -> node.uploads.append(ALICE, REPOSITORY, id, NO_RANGE, chunk));
        heal();

        assertGoesOn(id, acknowledged);
    }

    /** The answer that it was recorded gets lost, so nobody here knows that it was. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void aChunkThatTheDatabaseRecordedStaysWhoeverKnows(int acknowledged) throws IOException {
        UploadId id = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        appendUpTo(id, acknowledged);
        UploadBody chunk = Bodies.thenDo(content.part(acknowledged, 20_000), UploadFaultTest::cutBeforeItIsKnown);
        assertUnavailable(() -> node.uploads.append(ALICE, REPOSITORY, id, NO_RANGE, chunk));
        heal();

        assertGoesOn(id, 20_000);
    }

    @Test
    void anUploadGoesOnElsewhereAlthoughTheAnswerOfTheDatabaseWasLost() throws IOException {
        UploadId id = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        appendUpTo(id, 20_000);
        Node other = node.another();
        UploadBody body = Bodies.thenDo(content.part(20_000, 30_000), UploadFaultTest::cutBeforeItIsKnown);
        assertUnavailable(() -> other.uploads.append(ALICE, REPOSITORY, id, NO_RANGE, body));
        heal();

        for (Node any : List.of(other, node, node.another())) {
            int from = (int) any.uploads.status(ALICE, REPOSITORY, id);
            any.append(REPOSITORY, id, content, from, from + 1000);
        }
        assertGoesOn(id, 33_000);
    }

    @Test
    void aFullStoreKeepsWhatWasAcknowledged() throws IOException {
        node = Node.on(database, new MemoryBlobStore(SIZE + 1000));
        UploadId blocked = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        node.append(REPOSITORY, blocked, content, 0, 1000);
        UploadId blocking = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        node.append(REPOSITORY, blocking, content, 0, 2000);
        Content rest = content.part(1000, SIZE);

        assertFull(() -> node.uploads.append(ALICE, REPOSITORY, blocked, NO_RANGE, Bodies.of(rest)));
        assertFull(() -> node.uploads.finish(ALICE, REPOSITORY, blocked, NO_RANGE, Bodies.of(rest), content.digest()));
        assertThat(node.uploads.status(ALICE, REPOSITORY, blocked)).isEqualTo(1000);
        node.uploads.cancel(ALICE, REPOSITORY, blocking);

        assertGoesOn(blocked, 1000);
    }

    @Test
    void aFullStoreLeavesNothingOfWhatItRefused() throws IOException {
        node = Node.on(database, new MemoryBlobStore(SIZE - 1));
        UploadId id = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);

        assertFull(() -> node.uploads.push(ALICE, REPOSITORY, Bodies.of(content), content.digest()));
        assertFull(() -> node.uploads.append(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content)));
        assertFull(() -> node.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content), content.digest()));

        assertThat(node.store.stages()).isEmpty();
        Blobs.assertNoBlob(node.store, content.digest());
        assertThat(node.uploads.status(ALICE, REPOSITORY, id)).isZero();
    }

    @Test
    void aStoreTooFullToTakeAnUploadOverLeavesItAsItWas() throws IOException {
        node = Node.on(database, new MemoryBlobStore(SIZE + 1000));
        UploadId id = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        node.append(REPOSITORY, id, content, 0, 30_000);

        Node other = node.another();
        assertFull(() -> other.append(REPOSITORY, id, content, 30_000, 40_000));

        assertThat(node.store.stages()).hasSize(1);
        assertGoesOn(id, 30_000);
    }

    /** A store elsewhere may still do what it did not answer to, so nobody goes on in the same place. */
    @ParameterizedTest
    @EnumSource(names = {"WRITE", "CLOSE"})
    void aStageThatFailedIsLeftForAnother(FaultyStore.Step step) throws IOException {
        FaultyStore store = new FaultyStore(new MemoryBlobStore());
        node = Node.on(database, store);
        UploadId id = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        node.append(REPOSITORY, id, content, 0, 1000);
        Set<StageId> doubtful = node.store.stages();

        store.failNext(step);
        assertThatIOException().isThrownBy(() -> node.append(REPOSITORY, id, content, 1000, 2000));
        node.append(REPOSITORY, id, content, 1000, 3000);

        assertThat(node.store.stages()).hasSize(1).doesNotContainAnyElementsOf(doubtful);
        assertGoesOn(id, 3000);
    }

    @Test
    void aBodyThatBreaksOffLeavesTheStageInUse() throws IOException {
        UploadId id = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        node.append(REPOSITORY, id, content, 0, 1000);
        Set<StageId> stages = node.store.stages();

        UploadBody broken = Bodies.brokenAfter(content.part(1000, 2000));
        assertThatIOException().isThrownBy(() -> node.uploads.append(ALICE, REPOSITORY, id, NO_RANGE, broken));
        node.append(REPOSITORY, id, content, 1000, 2000);

        assertThat(node.store.stages()).isEqualTo(stages);
    }

    @Test
    void anUploadWhoseCommitFailedHalfwayBeginsAnew() throws IOException {
        FaultyStore store = new FaultyStore(new MemoryBlobStore());
        node = Node.on(database, store);
        UploadId id = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        node.append(REPOSITORY, id, content, 0, 1000);
        Content rest = content.part(1000, SIZE);

        store.failNext(FaultyStore.Step.COMMIT);
        assertThatIOException().isThrownBy(
                () -> node.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(rest), content.digest()));

        assertThatExceptionOfType(RegistryException.NotFound.class).isThrownBy(
                () -> node.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(rest), content.digest()));
    }

    /** The database records the chunk, and nobody hears of it. */
    private static void cutBeforeItIsKnown() {
        line.cutBeforeTheAnswerTo("update upload_session");
    }

    private void appendUpTo(UploadId id, int end) throws IOException {
        if (end > 0) {
            node.append(REPOSITORY, id, content, 0, end);
        }
    }

    private void assertGoesOn(UploadId id, int from) throws IOException {
        assertThat(node.uploads.status(ALICE, REPOSITORY, id)).isEqualTo(from);
        node.append(REPOSITORY, id, content, from, SIZE);
        node.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.empty(), content.digest());
        assertUploaded();
    }

    private void assertUploaded() throws IOException {
        assertThat(node.blobs.sizeOf(REPOSITORY, content.digest())).isEqualTo(SIZE);
        Blobs.assertBlob(node.store, content);
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatExceptionOfType(RegistryException.Unavailable.class).isThrownBy(call);
    }

    private static void assertFull(ThrowingCallable call) {
        assertThatExceptionOfType(StorageFullException.class).isThrownBy(call);
    }
}
