package io.longshore.registry.upload;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.contract.Randomness;
import io.longshore.registry.storage.contract.Workers;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Several requests for the same upload at once, on one node. */
class UploadRaceTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("test/race");
    private static final Optional<ChunkRange> NO_RANGE = Optional.empty();
    private static final int SIZE = 20_000;

    private static TestDatabase postgres;

    private final Content content = Content.random(SIZE);
    private final FaultyStore store = new FaultyStore(new MemoryBlobStore());
    private final ExecutorService client = Executors.newCachedThreadPool();
    private Node node;
    private UploadService uploads;
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
    void start() {
        node = Node.on(postgres.database(), store);
        uploads = node.uploads;
        id = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
    }

    @Test
    void aNewerChunkTakesThePlaceOfOneThatHangs() throws Exception {
        node.append(REPOSITORY, id, content, 0, 1000);
        HeldBody hanging = new HeldBody(content.part(1000, 5000), content.part(5000, 6000));
        Future<Long> older = client.submit(() -> uploads.append(ALICE, REPOSITORY, id, NO_RANGE, hanging.body()));
        hanging.awaitHeld();

        assertThat(node.append(REPOSITORY, id, content, 1000, 2000)).isEqualTo(2000);
        hanging.letGoOn();

        assertSuperseded(older);
        assertGoesOn(2000);
    }

    @Test
    void aNewerRequestTakesThePlaceOfAFirstChunkThatHangs() throws Exception {
        HeldBody hanging = new HeldBody(content.part(0, 5000), content.part(5000, 6000));
        Future<Long> older = client.submit(() -> uploads.append(ALICE, REPOSITORY, id, NO_RANGE, hanging.body()));
        hanging.awaitHeld();

        node.append(REPOSITORY, id, content, 0, 2000);
        hanging.letGoOn();

        assertSuperseded(older);
        assertThat(node.store.stages()).hasSize(1);
        assertGoesOn(2000);
    }

    @Test
    void theEndOfAnUploadTakesThePlaceOfAnEndThatHangs() throws Exception {
        node.append(REPOSITORY, id, content, 0, 1000);
        HeldBody hanging = new HeldBody(content.part(1000, SIZE), Content.of(""));
        Future<?> older = client.submit(() -> {
            uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, hanging.body(), content.digest());
            return null;
        });
        hanging.awaitHeld();

        uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content.part(1000, SIZE)), content.digest());
        hanging.letGoOn();

        assertSuperseded(older);
        assertUploaded();
    }

    /** The bytes that the older one still reads are cut off meanwhile. */
    @Test
    void aNewerRequestTakesThePlaceOfAnEndThatHashesAgain() throws Exception {
        node.append(REPOSITORY, id, content, 0, 1000);
        Digest other = content.digest(DigestAlgorithm.SHA512);
        HeldBody hanging = new HeldBody(content.part(1000, 5000), content.part(5000, SIZE));
        AtomicReference<Future<Long>> newer = new AtomicReference<>();
        store.beforeNextRead(() -> {
            newer.set(client.submit(() -> uploads.append(ALICE, REPOSITORY, id, NO_RANGE, hanging.body())));
            hanging.awaitHeld();
        });

        UploadBody rest = Bodies.of(content.part(1000, SIZE));
        RegistryException refused = catchThrowableOfType(
                RegistryException.class, () -> uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, rest, other));
        hanging.letGoOn();

        assertThat(refused.kind()).isEqualTo(RegistryException.Kind.CONFLICT);
        assertThat(newer.get().get()).isEqualTo(SIZE);
        assertGoesOn(SIZE);
    }

    @Test
    void cancellingEndsAChunkThatIsBeingReceived() throws Exception {
        for (int acknowledged : new int[] {0, 1000}) {
            UploadId other = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
            uploads.append(ALICE, REPOSITORY, other, NO_RANGE, Bodies.of(content.part(0, acknowledged)));
            HeldBody hanging = new HeldBody(content.part(1000, 5000), content.part(5000, 6000));
            Future<Long> chunk =
                    client.submit(() -> uploads.append(ALICE, REPOSITORY, other, NO_RANGE, hanging.body()));
            hanging.awaitHeld();

            uploads.cancel(ALICE, REPOSITORY, other);
            hanging.letGoOn();

            assertSuperseded(chunk);
            assertThat(node.store.stages()).isEmpty();
            assertThatExceptionOfType(RegistryException.NotFound.class)
                    .isThrownBy(() -> uploads.status(ALICE, REPOSITORY, other));
        }
    }

    @Test
    void cancellingEndsTheEndOfAnUpload() throws Exception {
        HeldBody hanging = new HeldBody(content, Content.of(""));
        Future<?> end = client.submit(() -> {
            uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, hanging.body(), content.digest());
            return null;
        });
        hanging.awaitHeld();

        uploads.cancel(ALICE, REPOSITORY, id);
        hanging.letGoOn();

        assertSuperseded(end);
        assertThat(node.store.stages()).isEmpty();
        Blobs.assertNoBlob(node.store, content.digest());
    }

    /** Each client asks where the upload stands and goes on from there, whatever the others do. */
    @RepeatedTest(20)
    void nothingIsLostOrDoubledHoweverRequestsCross(RepetitionInfo repetition) throws Exception {
        Workers.run(4, worker -> {
            Random random = Randomness.random(1000L * repetition.getCurrentRepetition() + worker);
            for (int from = 0; from < SIZE; from = (int) uploads.status(ALICE, REPOSITORY, id)) {
                appended(from, Math.min(SIZE, from + 1 + random.nextInt(SIZE / 8)));
            }
        });
        assertGoesOn(SIZE);
    }

    private boolean appended(int from, int to) throws IOException {
        try {
            assertThat(node.append(REPOSITORY, id, content, from, to)).isEqualTo(to);
            return true;
        } catch (RegistryException.OutOfOrder | RegistryException.Refused lostTheRace) {
            return false;
        }
    }

    /** A client that asks again, since it heard nothing, is told what came of it. */
    @RepeatedTest(20)
    void anUploadEndsHoweverManyEndIt() throws Exception {
        node.append(REPOSITORY, id, content, 0, 1000);
        AtomicInteger ended = new AtomicInteger();
        Workers.run(4, worker -> {
            try {
                uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content.part(1000, SIZE)), content.digest());
                ended.incrementAndGet();
            } catch (RegistryException.NotFound | RegistryException.Refused lostTheRace) {
                assertThat(lostTheRace).isNotNull();
            }
        });
        assertThat(ended).hasPositiveValue();
        assertUploaded();
    }

    @RepeatedTest(20)
    void cancellingLeavesNothingHoweverRequestsCross() throws Exception {
        Workers.run(4, worker -> {
            try {
                if (worker == 0) {
                    uploads.cancel(ALICE, REPOSITORY, id);
                } else {
                    for (int from = 0; from < SIZE; from += 1000) {
                        appended(from, from + 1000);
                    }
                }
            } catch (RegistryException.NotFound cancelled) {
                assertThat(cancelled).isNotNull();
            }
        });
        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> uploads.status(ALICE, REPOSITORY, id));
        assertThat(node.store.stages()).isEmpty();
    }

    private static void assertSuperseded(Future<?> request) {
        ExecutionException failed = catchThrowableOfType(ExecutionException.class, request::get);
        assertThat(failed).hasCauseInstanceOf(RegistryException.Refused.class);
        assertThat(((RegistryException) failed.getCause()).kind()).isEqualTo(RegistryException.Kind.CONFLICT);
    }

    private void assertGoesOn(int from) throws IOException {
        assertThat(uploads.status(ALICE, REPOSITORY, id)).isEqualTo(from);
        uploads.finish(ALICE, REPOSITORY, id, NO_RANGE, Bodies.of(content.part(from, SIZE)), content.digest());
        assertUploaded();
    }

    private void assertUploaded() throws IOException {
        assertThat(node.blobs.sizeOf(REPOSITORY, content.digest())).isEqualTo(SIZE);
        Blobs.assertBlob(node.store, content);
        assertThat(node.store.stages()).isEmpty();
    }
}
