package io.longshore.registry.blob;

import static io.longshore.registry.audit.TestActor.ALICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import io.longshore.registry.upload.UploadBody;
import io.longshore.registry.upload.UploadService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Room is freed, and never at the cost of who pushes, mounts or fetches the same bytes at that moment. */
class ReclaimTest {
    private static final RepositoryName ONE = RepositoryName.parse("one");
    private static final RepositoryName TWO = RepositoryName.parse("two");
    private static final byte[] BYTES = "some bytes".getBytes(UTF_8);
    private static final Digest BLOB = Digest.of(DigestAlgorithm.SHA256, BYTES);

    private final TestDatabase postgres = TestDatabase.fresh();
    private final HeldStore store = new HeldStore(new MemoryBlobStore());
    private final BlobService blobs = new BlobService(postgres.database(), store);
    private final UploadService uploads = new UploadService(postgres.database(), store, blobs);
    private final Reclaim reclaim = new Reclaim(postgres.database(), store, Duration.ZERO);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        store.beforeDelete.open();
        store.afterCommit.open();
        threads.shutdownNow();
        postgres.close();
    }

    private void push(RepositoryName repository) throws IOException {
        uploads.push(
                ALICE, repository, new UploadBody(new ByteArrayInputStream(BYTES), OptionalLong.of(BYTES.length)), BLOB);
    }

    private void lose(RepositoryName repository) {
        blobs.delete(ALICE, repository, BLOB);
        postgres.database().transaction(tx -> {
            reclaim.offer(tx, List.of(BLOB));
            return null;
        });
    }

    private boolean isStored() throws IOException {
        try {
            store.open(BLOB, 0).close();
            return true;
        } catch (BlobLostException e) {
            return false;
        }
    }

    @Test
    void removesWhatNoRepositoryHas() throws IOException {
        push(ONE);
        lose(ONE);

        reclaim.run();

        assertThat(isStored()).isFalse();
        assertThat(postgres.column("select 1 from blob")).isEmpty();
    }

    @Test
    void leavesWhatAnotherRepositoryHas() throws IOException {
        push(ONE);
        assertThat(blobs.mount(ALICE, TWO, BLOB, ONE)).isTrue();
        lose(ONE);

        reclaim.run();

        assertThat(isStored()).isTrue();
        assertThat(blobs.find(TWO, BLOB)).hasValue(BYTES.length);
        assertThat(postgres.column("select 1 from blob_reclaim")).isEmpty();
    }

    @Test
    void leavesItForAsLongAsClientsMayBeAboutToReadIt() throws IOException {
        push(ONE);
        lose(ONE);

        new Reclaim(postgres.database(), store, Duration.ofHours(1)).run();

        assertThat(isStored()).isTrue();
    }

    @Test
    void takesThePushOfWhatWasRemovedBefore() throws IOException {
        push(ONE);
        lose(ONE);
        reclaim.run();

        push(TWO);

        assertThat(isStored()).isTrue();
        assertThat(blobs.find(TWO, BLOB)).hasValue(BYTES.length);
    }

    @Test
    void removesTheSameBytesAgain() throws IOException {
        for (int i = 0; i < 3; i++) {
            push(ONE);
            lose(ONE);
            reclaim.run();
            assertThat(isStored()).isFalse();
        }
    }

    @Test
    void refusesThePushOfWhatIsBeingRemovedAndTakesItAfterwards() throws Exception {
        push(ONE);
        lose(ONE);
        store.beforeDelete.close();
        Future<?> removal = threads.submit(reclaim::run);
        store.beforeDelete.awaitReached();

        assertThatExceptionOfType(RegistryException.Unavailable.class).isThrownBy(() -> push(TWO));
        assertThat(postgres.column("select name from repository")).containsExactly("one");
        store.beforeDelete.open();
        removal.get();

        push(TWO);
        assertThat(isStored()).isTrue();
    }

    @Test
    void refusesThePushWhoseBytesWereRemovedBeforeTheDatabaseHeardOfThem() throws Exception {
        push(ONE);
        lose(ONE);
        store.afterCommit.close();
        Future<?> pushed = threads.submit(() -> {
            push(TWO);
            return null;
        });
        store.afterCommit.awaitReached();
        reclaim.run();
        store.afterCommit.open();

        assertThat(catchThrowable(pushed::get))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RegistryException.Unavailable.class);
        assertThat(blobs.find(TWO, BLOB)).isEmpty();
        push(TWO);
        assertThat(isStored()).isTrue();
    }

    /** The statement of a push looks at the database as it was when it began. */
    @Test
    void refusesThePushOfWhatCameAndWentSinceItsStatementBegan() throws Exception {
        Future<?> pushed = postgres.database().transaction(tx -> {
            run(tx, "insert into blob (digest, size_bytes) values (digest_of('" + BLOB + "'), 10)");
            Future<?> push = threads.submit(() -> {
                push(TWO);
                return null;
            });
            postgres.awaitBlocked();
            run(tx, "delete from blob");
            run(tx, "insert into blob_reclaim (digest, is_going) values (digest_of('" + BLOB + "'), true)");
            return push;
        });

        assertThat(catchThrowable(pushed::get))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RegistryException.Unavailable.class);
        assertThat(postgres.column("select 1 from blob")).isEmpty();
    }

    private static void run(Transaction transaction, String sql) throws SQLException {
        try (Statement statement = transaction.connection().createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void leavesWhatWasPushedAgainBeforeItWasRemoved() throws IOException {
        push(ONE);
        lose(ONE);
        push(TWO);

        reclaim.run();

        assertThat(isStored()).isTrue();
    }

    @Test
    void removesWhatANodeHadBegunToAndThatDied() throws IOException {
        push(ONE);
        lose(ONE);
        postgres.run("update blob_reclaim set is_going = true, since = now() - interval '2 hours'");
        postgres.run("delete from blob");

        reclaim.run();

        assertThat(isStored()).isFalse();
        assertThat(postgres.column("select 1 from blob_reclaim where gone_at is not null")).hasSize(1);
    }

    @Test
    void leavesAloneWhatAnotherNodeIsRemoving() throws IOException {
        push(ONE);
        lose(ONE);
        postgres.run("update blob_reclaim set is_going = true, since = now()");
        postgres.run("delete from blob");

        reclaim.run();

        assertThat(isStored()).isTrue();
    }

    @Test
    void forgetsWhatWasGoneADayAgo() throws IOException {
        push(ONE);
        lose(ONE);
        reclaim.run();
        postgres.run("update blob_reclaim set gone_at = now() - interval '25 hours'");

        reclaim.run();

        assertThat(postgres.column("select 1 from blob_reclaim")).isEmpty();
    }

    /** Whatever the order of things: who was told that a blob is there, can read it. */
    @Test
    void neverLosesBytesThatARepositoryHas() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of the order of pushes and removals: " + seed);
        List<Future<Integer>> clients = new ArrayList<>();
        for (RepositoryName repository : List.of(ONE, TWO)) {
            Random random = new Random(seed + repository.hashCode());
            clients.add(threads.submit(() -> pushAndLose(repository, random)));
        }
        Future<?> removal = threads.submit(() -> {
            while (!clients.stream().allMatch(Future::isDone)) {
                reclaim.run();
            }
        });

        for (Future<Integer> client : clients) {
            assertThat(client.get()).as("pushes that succeeded").isPositive();
        }
        removal.get();
        reclaim.run();
        assertThat(isStored()).isFalse();
    }

    private int pushAndLose(RepositoryName repository, Random random) throws IOException {
        RepositoryName other = repository.equals(ONE) ? TWO : ONE;
        int had = 0;
        for (int i = 0; i < 150; i++) {
            try {
                if (random.nextBoolean() || !blobs.mount(ALICE, repository, BLOB, other)) {
                    push(repository);
                }
            } catch (RegistryException.Unavailable tryAgain) {
                continue;
            }
            had++;
            assertThat(isStored()).as("after push or mount %s with %s left", i, had).isTrue();
            lose(repository);
        }
        return had;
    }
}
