package io.longshore.registry.tag;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.manifest.TestManifest;
import io.longshore.registry.manifest.TestPolicy;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.storage.contract.Workers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The history of a tag is one line, however its changes come together. */
class TagHistoryTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("team/app");
    private static final TestManifest FIRST = TestManifest.artifact("first");
    private static final TestManifest SECOND = TestManifest.artifact("second");
    private static final TestManifest THIRD = TestManifest.artifact("third");

    /** Changes of a tag in their order: what it named, and how that began. */
    private static final String LINE = """
            select digest_text(digest) || case when valid_from > valid_until then ' backwards'
                                               when valid_from < lag(valid_until) over changes then ' too early'
                                               when valid_from > lag(valid_until) over changes then ' after a while'
                                               else '' end
            from (select id, digest, valid_from, valid_until from tag_history where name = 'latest'
                  union all
                  select null, m.digest, t.updated_at, null
                  from tag t join manifest m on m.id = t.manifest_id where t.name = 'latest') named
            window changes as (order by id nulls last)
            order by id nulls last""";

    private static TestDatabase postgres;
    private static TagService tags;
    private static ManifestService manifests;
    private static ExecutorService other;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        tags = new TagService(postgres.database());
        manifests = new ManifestService(postgres.database(), TestPolicy.COMPLETE);
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

    /** It begins earlier, waits at another tag, and comes to this one later. */
    @Test
    void aPushThatWasOvertakenDoesNotMoveTheTagInThePast() throws Exception {
        push(FIRST, "a", "latest");

        whileTagIsLocked("a", () -> push(SECOND, "a", "latest"), () -> push(THIRD, "latest"));

        assertThat(line()).containsExactly(
                FIRST.digest().toString(), THIRD.digest().toString(), SECOND.digest().toString());
    }

    @Test
    void aTagThatComesBackDoesNotBeginBeforeItWent() {
        push(FIRST, "latest");
        tags.delete(ALICE, REPOSITORY, new Tag("latest"));
        postgres.run("update tag_history set valid_until = now() + interval '1 hour'"); // a clock that was set back
        push(SECOND, "latest");

        assertThat(line()).containsExactly(FIRST.digest().toString(), SECOND.digest().toString());
    }

    @Test
    void staysALineWhenTheClockIsSetBack() {
        push(FIRST, "latest");
        postgres.run("update tag set updated_at = now() + interval '1 hour'");
        push(SECOND, "latest");
        push(THIRD, "latest");
        tags.delete(ALICE, REPOSITORY, new Tag("latest"));

        assertThat(line()).containsExactly(
                FIRST.digest().toString(), SECOND.digest().toString(), THIRD.digest().toString());
    }

    @Test
    void theSchemaTakesNoIntervalThatEndsBeforeItBegins() {
        push(FIRST, "latest");
        push(SECOND, "latest");

        assertThatThrownBy(() -> postgres.run("update tag_history set valid_until = valid_from - interval '1 second'"))
                .hasMessageContaining("tag_history")
                .rootCause()
                .hasMessageContaining("tag_history_check");
    }

    @Test
    void staysALineUnderManyChangesAtOnce() throws Exception {
        push(FIRST, "latest");
        Workers.run(6, worker -> {
            for (int i = 0; i < 40; i++) {
                if (worker == 0) {
                    deleteLatest();
                } else {
                    push(TestManifest.artifact(worker + " " + i), "latest");
                }
            }
        });

        assertThat(line()).hasSizeGreaterThan(200).noneMatch(change -> change.endsWith("backwards"))
                .noneMatch(change -> change.endsWith("too early"));
    }

    private static void deleteLatest() {
        try {
            tags.delete(ALICE, REPOSITORY, new Tag("latest"));
        } catch (RegistryException.NotFound gone) {
            assertThat(gone).isNotNull();
        }
    }

    private static void whileTagIsLocked(String tag, Runnable waiting, Runnable meanwhile) throws Exception {
        Future<?> waited = postgres.database().transaction(tx -> {
            tx.connection().createStatement().execute("select from tag where name = '" + tag + "' for update");
            Future<?> begun = other.submit(waiting);
            postgres.awaitBlocked();
            meanwhile.run();
            return begun;
        });
        waited.get(2, TimeUnit.MINUTES);
    }

    private static List<String> line() {
        return postgres.column(LINE);
    }

    private static void push(TestManifest manifest, String... names) {
        manifests.push(
                ALICE, REPOSITORY, manifest.digest(), Stream.of(names).map(Tag::new).toList(), manifest.bytes(), null);
    }
}
