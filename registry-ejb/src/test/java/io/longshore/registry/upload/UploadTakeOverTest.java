package io.longshore.registry.upload;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.contract.Randomness;
import io.longshore.registry.storage.contract.Workers;
import io.longshore.registry.storage.filesystem.FilesystemBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that one node began and another goes on with, or the same one after a restart. */
class UploadTakeOverTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("test/takeover");
    private static final Optional<ChunkRange> NO_RANGE = Optional.empty();
    private static final int SIZE = 700_000;

    private static TestDatabase postgres;

    @TempDir
    private Path root;

    private final Content content = Content.random(SIZE);
    private final ExecutorService client = Executors.newCachedThreadPool();
    private Node first;
    private Node second;
    private UploadId id;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @BeforeEach
    void start() throws IOException {
        first = Node.on(postgres.database(), new FilesystemBlobStore(root, 100));
        second = first.another();
        id = first.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void anotherNodeKnowsTheDigestOfWhatItDidNotReceive(DigestAlgorithm algorithm) throws IOException {
        id = first.uploads.start(ALICE, REPOSITORY, algorithm);
        first.append(REPOSITORY, id, content, 0, 600_000);

        assertThat(second.uploads.status(ALICE, REPOSITORY, id)).isEqualTo(600_000);
        second.uploads.finish(
                ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content.part(600_000, SIZE)), content.digest(algorithm));

        assertThat(first.blobs.sizeOf(REPOSITORY, content.digest(algorithm))).isEqualTo(SIZE);
        Blobs.assertBlob(first.store, content.digest(algorithm), content);
        assertThat(first.store.stages()).isEmpty();
    }

    @Test
    void anotherNodeEndsWhatIsComplete() throws IOException {
        first.append(REPOSITORY, id, content, 0, SIZE);

        second.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.empty(), content.digest());

        assertUploaded();
    }

    @Test
    void anotherNodeGivesTheUploadUp() throws IOException {
        first.append(REPOSITORY, id, content, 0, 1000);

        second.uploads.cancel(ALICE, REPOSITORY, id);

        assertRefused(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> first.append(REPOSITORY, id, content, 1000, 2000));
        assertThat(first.store.stages()).isEmpty();
    }

    @Test
    void chunksMayComeToNodesInTurn() throws IOException {
        List<Node> nodes = List.of(first, second, first.another());
        Random random = Randomness.random(5);
        for (int from = 0; from < SIZE; ) {
            int to = Math.min(SIZE, from + 1 + random.nextInt(SIZE / 10));
            nodes.get(random.nextInt(3)).append(REPOSITORY, id, content, from, to);
            from = to;
        }
        second.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.empty(), content.digest());
        assertUploaded();
    }

    /** Also behind a chunk without any bytes, which has a stage of its own too. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void aNodeThatStillReceivesIsShutOut(int acknowledged) throws Exception {
        first.uploads.append(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content.part(0, acknowledged)));
        HeldBody hanging = new HeldBody(Content.random(300_000), Content.random(100_000));
        HeldBody rest = new HeldBody(content.part(acknowledged, 600_000), content.part(600_000, SIZE));
        Future<Long> older = client.submit(() -> first.uploads.append(ALICE, REPOSITORY, id, NO_RANGE, hanging.body()));
        hanging.awaitHeld();
        Future<?> newer = client.submit(() -> {
            second.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, rest.body(), content.digest());
            return null;
        });
        rest.awaitHeld();

        hanging.letGoOn();
        assertSuperseded(older);
        rest.letGoOn();
        newer.get();

        assertUploaded();
    }

    @Test
    void aNodeThatStillEndsTheUploadIsShutOut() throws Exception {
        first.append(REPOSITORY, id, content, 0, 1000);
        HeldBody hanging = new HeldBody(content.part(1000, SIZE), Content.of(""));
        Future<?> older = client.submit(() -> {
            first.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, hanging.body(), content.digest());
            return null;
        });
        hanging.awaitHeld();

        second.append(REPOSITORY, id, content, 1000, 200_000);
        hanging.letGoOn();

        assertSuperseded(older);
        second.uploads.finish(
                ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content.part(200_000, SIZE)), content.digest());
        assertUploaded();
    }

    @Test
    void aNodeThatWasShutOutMayGoOnAgain() throws IOException {
        first.append(REPOSITORY, id, content, 0, 1000);
        second.append(REPOSITORY, id, content, 1000, 2000);

        first.append(REPOSITORY, id, content, 2000, 3000);
        first.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content.part(3000, SIZE)), content.digest());

        assertUploaded();
    }

    /** All of them find out at once that they do not know the upload; none may be told that it is gone. */
    @RepeatedTest(10)
    void nothingIsLostOrDoubledHoweverRequestsCrossOnSeveralNodes(RepetitionInfo repetition) throws Exception {
        first.append(REPOSITORY, id, content, 0, 100_000);
        List<Node> nodes = List.of(first, second, first.another(), first.another());
        Workers.run(4, worker -> {
            Random random = Randomness.random(2000L * repetition.getCurrentRepetition() + worker);
            Node node = nodes.get(worker % (1 + repetition.getCurrentRepetition() % 4));
            for (int from = 0; from < SIZE; from = (int) node.uploads.status(ALICE, REPOSITORY, id)) {
                appendUnlessLate(node, from, Math.min(SIZE, from + 1 + random.nextInt(SIZE / 4)));
            }
        });
        second.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.empty(), content.digest());
        assertUploaded();
    }

    private void appendUnlessLate(Node node, int from, int to) throws IOException {
        try {
            assertThat(node.append(REPOSITORY, id, content, from, to)).isEqualTo(to);
        } catch (RegistryException.OutOfOrder | RegistryException.Refused lostTheRace) {
            assertThat(lostTheRace).isNotNull();
        }
    }

    /** Whichever node finds out, and by whichever request. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUploadWhoseBytesAreGoneIsUnknown(boolean ending) throws IOException {
        for (Node node : List.of(first, second)) {
            id = first.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
            first.append(REPOSITORY, id, content, 0, 1000);
            first.store.discard(first.store.stages().iterator().next());

            assertRefused(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> {
                if (ending) {
                    node.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.empty(), content.digest());
                } else {
                    node.append(REPOSITORY, id, content, 1000, 2000);
                }
            });

            assertThat(first.store.stages()).isEmpty();
        }
    }

    /** Its node was slow to tell the database, and the client, or a proxy, asked another one meanwhile. */
    @Test
    void aBlobIsRecordedAlthoughAnotherNodeLooksForItsStageMeanwhile() throws IOException {
        FaultyStore slow = new FaultyStore(new FilesystemBlobStore(root, 100));
        Node committing = Node.on(postgres.database(), slow);
        committing.append(REPOSITORY, id, content, 0, 1000);
        slow.afterNextCommit(() -> assertRefused(
                ErrorCode.BLOB_UPLOAD_UNKNOWN,
                () -> second.uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.empty(), content.digest())));

        committing.uploads.finish(
                ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content.part(1000, SIZE)), content.digest());

        assertThat(first.blobs.sizeOf(REPOSITORY, content.digest())).isEqualTo(content.sizeBytes());
    }

    private static void assertSuperseded(Future<?> request) {
        ExecutionException failed = catchThrowableOfType(ExecutionException.class, request::get);
        assertThat(failed).hasCauseInstanceOf(RegistryException.Refused.class);
        assertThat(((RegistryException) failed.getCause()).kind()).isEqualTo(RegistryException.Kind.CONFLICT);
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        RegistryException refused = catchThrowableOfType(RegistryException.class, call);
        assertThat(refused.errors()).extracting(RegistryException.Error::code).containsExactly(code);
    }

    private void assertUploaded() throws IOException {
        assertThat(first.blobs.sizeOf(REPOSITORY, content.digest())).isEqualTo(SIZE);
        Blobs.assertBlob(first.store, content);
        assertThat(first.store.stages()).isEmpty();
    }
}
