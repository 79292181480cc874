package io.longshore.registry.manifest;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.referrer.Referrer;
import io.longshore.registry.referrer.ReferrerService;
import io.longshore.registry.storage.contract.Workers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An index and its child that are pushed and deleted at the same moment: whoever comes last, a child that is there is
 * the child of its index. Seen in the list of referrers, where the children of a fallback tag are.
 */
class ChildRaceTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("team/app");
    private static final TestManifest CHILD = TestManifest.artifact("child");
    private static final TestManifest INDEX = TestManifest.index(CHILD);
    private static final Digest SUBJECT =
            Digest.of(DigestAlgorithm.SHA256, "subject".getBytes(StandardCharsets.UTF_8));
    private static final String FALLBACK = "sha256-" + SUBJECT.hex();
    private static final String LOCK_TAG = "select from tag where name = '" + FALLBACK + "' for update";
    private static final String DELETE_CHILD = "delete from manifest where media_type = '" + TestManifest.ARTIFACT + "'";

    private static TestDatabase postgres;
    private static ManifestService complete;
    private static ManifestService sparse;
    private static ReferrerService referrers;
    private static ExecutorService other;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        complete = new ManifestService(postgres.database(), TestPolicy.COMPLETE);
        sparse = new ManifestService(postgres.database(), TestPolicy.SPARSE);
        referrers = new ReferrerService(postgres.database());
        other = Executors.newSingleThreadExecutor();
    }

    @AfterAll
    static void close() {
        other.shutdownNow();
        postgres.close();
    }

    @AfterEach
    void empty() {
        postgres.run("truncate repository, tag_history cascade");
    }

    @Test
    void aChildThatIsPushedWhileItIsDeletedIsThere() throws Exception {
        push(complete, CHILD);
        push(complete, INDEX, FALLBACK);

        whileBlockedBy(DELETE_CHILD, () -> push(complete, CHILD), () -> {});

        assertThat(children()).containsExactly(CHILD.digest());
    }

    /** The push of the index has done all but the last of its tags when the child comes. */
    @Test
    void aChildThatIsPushedWhileItsIndexIsIsThere() throws Exception {
        push(complete, TestManifest.artifact("before"), FALLBACK);

        whileBlockedBy(LOCK_TAG, () -> push(sparse, INDEX, FALLBACK), () -> push(sparse, CHILD));

        assertThat(children()).containsExactly(CHILD.digest());
    }

    @Test
    void isThereHoweverTheTwoComeTogether() throws Exception {
        for (int round = 0; round < 100; round++) {
            Workers.run(2, worker -> {
                if (worker == 0) {
                    push(sparse, INDEX, FALLBACK);
                } else {
                    push(sparse, CHILD);
                }
            });
            assertThat(children()).containsExactly(CHILD.digest());
            empty();
        }
    }

    /** It was there when the push looked. */
    @Test
    void anIndexIsRefusedWhoseChildIsDeletedMeanwhile() {
        push(complete, CHILD);

        assertThatThrownBy(() -> whileBlockedBy(DELETE_CHILD, () -> push(complete, INDEX, FALLBACK), () -> {}))
                .hasCauseInstanceOf(RegistryException.NotFound.class);
        assertThat(postgres.column("select 1 from manifest")).isEmpty();
    }

    /** Runs {@code waiting} into a lock that is held while {@code meanwhile} runs. */
    private static void whileBlockedBy(String sql, Runnable waiting, Runnable meanwhile) throws Exception {
        Future<?> waited = postgres.database().transaction(tx -> {
            execute(tx, sql);
            Future<?> begun = other.submit(waiting);
            postgres.awaitBlocked();
            meanwhile.run();
            return begun;
        });
        waited.get(2, TimeUnit.MINUTES);
    }

    private static void execute(Transaction transaction, String sql) throws SQLException {
        transaction.connection().createStatement().execute(sql);
    }

    private static List<Digest> children() {
        return referrers.list(REPOSITORY, SUBJECT, Optional.empty(), Optional.empty(), 10).items().stream()
                .map(Referrer::digest)
                .toList();
    }

    private static void push(ManifestService manifests, TestManifest manifest, String... names) {
        manifests.push(
                ALICE, REPOSITORY, manifest.digest(), Stream.of(names).map(Tag::new).toList(), manifest.bytes(), null);
    }
}
