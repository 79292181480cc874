package io.longshore.registry.manifest;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tags webhooks are told of that go with a manifest, while others move them. */
class DeletedTagsTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("team/app");
    private static final TestManifest DELETED = TestManifest.artifact("deleted");
    private static final TestManifest OTHER = TestManifest.artifact("other");
    private static final String MOVE =
            "update tag set manifest_id = (select manifest_id from tag where name = '%2$s') where name = '%1$s'";

    private TestDatabase postgres;
    private ManifestService manifests;
    private ExecutorService other;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        postgres.run("""
                insert into webhook_endpoint (name, configured, state, actions, ignored_media_types, repositories,
                                              repository_regexes, created_by)
                values ('hook', true, 'active', '{tag.create,tag.move,tag.delete,manifest.push,manifest.delete}', '{}', '{}', '{}', 'registry')""");
        manifests = new ManifestService(postgres.database(), TestPolicy.COMPLETE);
        other = Executors.newSingleThreadExecutor();
        push(DELETED, "stays", "goes");
        push(OTHER, "other", "comes");
    }

    @AfterEach
    void close() {
        other.shutdownNow();
        postgres.close();
    }

    private void push(TestManifest manifest, String... names) {
        manifests.push(
                ALICE, REPOSITORY, manifest.digest(), Stream.of(names).map(Tag::new).toList(), manifest.bytes(), null);
    }

    /** They have begun, and are done when the deletion waits for them. */
    private void deleteAfter(String... moves) throws Exception {
        Future<?> deletion = postgres.database().transaction(tx -> {
            for (String move : moves) {
                tx.connection().createStatement().execute(move);
            }
            Future<?> begun = other.submit(() -> manifests.delete(ALICE, REPOSITORY, DELETED.digest()));
            postgres.awaitBlocked();
            return begun;
        });
        deletion.get(2, TimeUnit.MINUTES);
    }

    private List<String> told() {
        return postgres.column("select tag from webhook_event where action = 'tag.delete' order by tag");
    }

    private List<String> left() {
        return postgres.column("select name from tag order by name");
    }

    @Test
    void aTagThatHasJustMovedAwayIsNotDeleted() throws Exception {
        deleteAfter(MOVE.formatted("stays", "other"));

        assertThat(left()).containsExactly("comes", "other", "stays");
        assertThat(told()).containsExactly("goes");
    }

    @Test
    void aTagThatHasJustComeIsDeleted() throws Exception {
        deleteAfter(MOVE.formatted("comes", "goes"), MOVE.formatted("stays", "other"));

        assertThat(left()).containsExactly("other", "stays");
        assertThat(told()).containsExactly("comes", "goes");
    }
}
