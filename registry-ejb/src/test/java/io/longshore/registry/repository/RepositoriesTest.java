package io.longshore.registry.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.manifest.TestManifest;
import io.longshore.registry.manifest.TestPolicy;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepositoriesTest {
    private static final Actor ALICE = new Actor("user:alice", "192.0.2.7");
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final RepositoryName OTHER = RepositoryName.parse("team/other");

    private TestDatabase postgres;
    private ManifestService manifests;
    private Repositories repositories;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        manifests = new ManifestService(postgres.database(), TestPolicy.COMPLETE);
        repositories = new Repositories(postgres.database());
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    private void push(RepositoryName repository, String tag, String note) {
        manifests.push(ALICE, repository, new Tag(tag), TestManifest.artifact(note).bytes(), null);
    }

    @Test
    void deletesARepositoryWithAllThatIsInIt() {
        push(APP, "v1", "a");
        push(APP, "v1", "b");
        push(OTHER, "v1", "a");
        postgres.run("""
                insert into blob (digest, size_bytes) values (digest_of('sha256:' || repeat('0', 64)), 1);
                insert into link (repository_id, blob_id) select r.id, b.id from repository r, blob b""");

        repositories.delete(ALICE, APP);

        assertThat(postgres.column("select name from repository")).containsExactly("team/other");
        assertThat(postgres.column("select count(*) from manifest")).containsExactly("1");
        assertThat(postgres.column("select count(*) from tag_history")).containsExactly("0");
        assertThat(postgres.column("select count(*) from link")).containsExactly("1");
        assertThat(postgres.column("select actor || ' ' || repository from audit_event where act = 'repository.delete'"))
                .containsExactly("user:alice team/app");
    }

    @Test
    void beginsAnewWhatIsPushedAfterwards() {
        push(APP, "v1", "a");
        repositories.delete(ALICE, APP);
        push(APP, "v2", "a");

        assertThat(postgres.column("select name from tag")).containsExactly("v2");
    }

    @Test
    void deletesNothingThatIsNotThere() {
        assertThatExceptionOfType(RegistryException.NotFound.class).isThrownBy(() -> repositories.delete(ALICE, APP));

        assertThat(postgres.column("select count(*) from audit_event")).containsExactly("0");
    }
}
