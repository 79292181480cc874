package io.longshore.registry.upload;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.config.UploadPurgeConfig;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.filesystem.FilesystemBlobStore;
import io.longshore.registry.upload.UploadPurge.Purged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadPurgeTest {
    private static TestDatabase postgres;

    private static final RepositoryName REPOSITORY = RepositoryName.parse("library/alpine");
    private static final Duration AGE = Duration.ofHours(2);
    private static final Duration LONGER_THAN_AGE = Duration.ofHours(3);
    private static final Duration LONGER_THAN_A_WEEK = Duration.ofHours(170);

    @TempDir
    Path root;

    private final Content content = Content.random(100_000);
    private BlobStore store;
    private Node node;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @BeforeEach
    void emptyRegistry() throws IOException {
        postgres.run("truncate upload_session, background_job, repository, blob, link cascade");
        store = new FilesystemBlobStore(root, 100);
        node = Node.on(postgres.database(), store);
    }

    private UploadPurge purge(boolean enabled, boolean dryRun) {
        return new UploadPurge(
                postgres.database(), store, new UploadPurgeConfig(enabled, AGE, Duration.ofHours(1), dryRun));
    }

    private UploadId uploadOf(int size) throws IOException {
        UploadId id = node.uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        if (size > 0) {
            node.append(REPOSITORY, id, content, 0, size);
        }
        return id;
    }

    /** Lets all sessions and stages be as if nothing had come for this long. */
    private void age(Duration by) throws IOException {
        postgres.run("update upload_session set updated_at = now() - interval '" + by.toSeconds() + " s'");
        for (Path stage : stages()) {
            Files.setLastModifiedTime(stage, FileTime.from(Instant.now().minus(by)));
        }
    }

    private List<Path> stages() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("docker/registry/v2/uploads"))) {
            return files.toList();
        }
    }

    private boolean isThere(UploadId id) {
        RegistryException unknown =
                catchThrowableOfType(RegistryException.class, () -> node.uploads.status(ALICE, REPOSITORY, id));
        return unknown == null;
    }

    @Test
    void removesUploadsThatNobodyGoesOnWithAndTheirBytes() throws IOException {
        UploadId withBytes = uploadOf(1000);
        UploadId withoutBytes = uploadOf(0);
        age(LONGER_THAN_AGE);

        assertThat(purge(true, false).run()).isEqualTo(new Purged(2, 0));

        assertThat(isThere(withBytes)).isFalse();
        assertThat(isThere(withoutBytes)).isFalse();
        assertThat(stages()).isEmpty();
    }

    @Test
    void leavesYoungerUploadsAlone() throws IOException {
        UploadId id = uploadOf(1000);
        age(AGE.minusMinutes(5));

        assertThat(purge(true, false).run()).isEqualTo(new Purged(0, 0));

        node.append(REPOSITORY, id, content, 1000, content.sizeBytes());
        node.uploads.finish(
                ALICE, REPOSITORY, id, Optional.empty(), Bodies.empty(), content.digest());
        Blobs.assertBlob(store, content);
    }

    @Test
    void leavesTheStageOfASessionAloneHoweverOldItsBytesAre() throws IOException {
        UploadId id = uploadOf(1000);
        age(LONGER_THAN_AGE);
        postgres.run("update upload_session set updated_at = now()");

        assertThat(purge(true, false).run()).isEqualTo(new Purged(0, 0));
        assertThat(node.append(REPOSITORY, id, content, 1000, 2000)).isEqualTo(2000);
    }

    @Test
    void removesStagesThatNoSessionKnows() throws IOException {
        StageId leftByACrash = Blobs.stage(store, content);
        uploadOf(1000);
        age(LONGER_THAN_A_WEEK);
        postgres.run("update upload_session set updated_at = now()");
        Stage beingWritten = store.begin();

        assertThat(purge(true, false).run()).isEqualTo(new Purged(0, 1));

        Blobs.assertNoStage(store, leftByACrash);
        assertThat(stages()).hasSize(2);
        beingWritten.close();
    }

    /** Its first chunk may be coming in at another node: no row tells of that. */
    @Test
    void leavesStagesThatNoSessionKnowsAloneForAWeek() throws IOException {
        Blobs.stage(store, content);
        age(LONGER_THAN_AGE);

        assertThat(purge(true, false).run()).isEqualTo(new Purged(0, 0));
        assertThat(stages()).hasSize(1);
    }

    @Test
    void removesTheOthersWhereOneCannotBeRemoved() throws IOException {
        for (int i = 0; i < 3; i++) {
            Blobs.stage(store, content);
        }
        age(LONGER_THAN_A_WEEK);
        FaultyStore faulty = new FaultyStore(store);
        faulty.failNext(FaultyStore.Step.DISCARD);
        UploadPurgeConfig config = new UploadPurgeConfig(true, AGE, Duration.ofHours(1), false);

        assertThat(new UploadPurge(postgres.database(), faulty, config).run()).isEqualTo(new Purged(0, 2));
        assertThat(stages()).hasSize(1);
    }

    @Test
    void onlyCountsInADryRun() throws IOException {
        UploadId id = uploadOf(1000);
        Blobs.stage(store, content);
        age(LONGER_THAN_A_WEEK);

        assertThat(purge(true, true).run()).isEqualTo(new Purged(1, 1));

        assertThat(isThere(id)).isTrue();
        assertThat(stages()).hasSize(2);
    }

    @Test
    void removesMoreThanOneBatch() throws IOException {
        postgres.run("""
                insert into upload_session (id, repository_name, owner, algorithm, updated_at)
                select gen_random_uuid(), 'some/name', 'user:alice', 'sha256', now() - interval '1 year'
                from generate_series(1, 1201)""");
        for (int i = 0; i < 600; i++) {
            Blobs.stage(store, Content.of("x"));
        }
        for (Path stage : stages()) {
            Files.setLastModifiedTime(stage, FileTime.from(Instant.now().minus(LONGER_THAN_A_WEEK)));
        }
        assertThat(purge(true, false).run()).isEqualTo(new Purged(1201, 600));
        assertThat(stages()).isEmpty();
    }

    @Test
    void runsOncePerIntervalWhateverTheNumberOfNodes() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> runs = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(i -> nodes.submit(() -> purge(true, false).runWhenDue()))
                    .toList();
            for (Future<?> run : runs) {
                run.get(1, TimeUnit.MINUTES);
            }
        } finally {
            nodes.shutdownNow();
        }
        List<String> begun = postgres.column("select begun_at from background_job where name = 'upload-purge'");
        assertThat(begun).hasSize(1);
        uploadOf(0);
        age(LONGER_THAN_AGE);
        purge(true, false).runWhenDue();
        assertThat(postgres.column("select begun_at from background_job")).isEqualTo(begun);
        assertThat(postgres.column("select id from upload_session")).hasSize(1);

        postgres.run("update background_job set begun_at = now() - interval '61 minutes'");
        purge(true, false).runWhenDue();
        assertThat(postgres.column("select id from upload_session")).isEmpty();
    }

    @Test
    void doesNothingWhereItIsSwitchedOff() throws IOException {
        UploadId id = uploadOf(1000);
        age(LONGER_THAN_AGE);
        purge(false, false).runWhenDue();

        assertThat(isThere(id)).isTrue();
    }

    /** A chunk of hours acknowledges nothing, and is not given up all the same. */
    @Test
    void sparesAnUploadWhoseChunkIsStillComingIn() throws Exception {
        UploadId id = uploadOf(0);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        HeldBody body = new HeldBody(content.part(0, 500), content.part(500, 1000));
        try {
            Future<Long> append = thread.submit(
                    () -> node.uploads.append(ALICE, REPOSITORY, id, Optional.empty(), body.body()));
            body.awaitHeld();
            age(LONGER_THAN_AGE);
            node.uploads.touchReceiving();
            assertThat(purge(true, false).run()).isEqualTo(new Purged(0, 0));
            body.letGoOn();
            assertThat(append.get(1, TimeUnit.MINUTES)).isEqualTo(1000);
        } finally {
            body.letGoOn();
            thread.shutdownNow();
        }
    }
}
