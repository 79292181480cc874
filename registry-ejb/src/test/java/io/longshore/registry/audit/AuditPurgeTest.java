package io.longshore.registry.audit;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.storage.contract.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditPurgeTest {
    private static final Duration RETENTION = Duration.ofDays(30);

    private static TestDatabase postgres;

    private final AuditPurge purge = new AuditPurge(postgres.database(), Optional.of(RETENTION));

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @BeforeEach
    void empty() {
        postgres.run("truncate audit_event, background_job");
    }

    /** As many events of an act, all of one age. */
    private static void add(String act, int count, Duration age) {
        postgres.run("""
                insert into audit_event (at, act, actor)
                select now() - interval '%d s', '%s', 'user:alice' from generate_series(1, %d)"""
                .formatted(age.toSeconds(), act, count));
    }

    private static List<String> acts() {
        return postgres.column("select act from audit_event order by id");
    }

    @Test
    void removesWhatIsOldEnoughAndNothingElse() {
        add("new", 1, Duration.ZERO);
        add("old", 3, RETENTION.plusMinutes(1));
        add("nearly old", 1, RETENTION.minusMinutes(5));

        purge.runWhenDue();

        assertThat(acts()).containsExactly("new", "nearly old");
    }

    @Test
    void removesMoreThanOneBatch() {
        add("old", 12_345, RETENTION.plusDays(1));
        add("new", 1, Duration.ZERO);

        purge.runWhenDue();

        assertThat(acts()).containsExactly("new");
    }

    @Test
    void runsOnceAnHour() {
        purge.runWhenDue();
        add("old", 1, RETENTION.plusDays(1));

        purge.runWhenDue();
        assertThat(acts()).containsExactly("old");

        postgres.run("update background_job set begun_at = begun_at - interval '61 min' where name = 'audit-purge'");
        purge.runWhenDue();
        assertThat(acts()).isEmpty();
    }

    @Test
    void keepsEverythingForEver() {
        add("old", 1, Duration.ofDays(36_500));

        new AuditPurge(postgres.database(), Optional.empty()).runWhenDue();

        assertThat(acts()).containsExactly("old");
        assertThat(postgres.column("select name from background_job")).isEmpty();
    }

    @Test
    void oneNodeRunsForAll() throws Exception {
        Workers.run(6, worker -> new AuditPurge(postgres.database(), Optional.of(RETENTION)).runWhenDue());
        add("old", 1, RETENTION.plusDays(1));

        Workers.run(6, worker -> new AuditPurge(postgres.database(), Optional.of(RETENTION)).runWhenDue());

        assertThat(acts()).containsExactly("old");
    }

    /** As two nodes do, when the work takes one of them longer than an hour. */
    @Test
    void doesNotWaitForWhoRemovesTheSame() {
        add("old", 2, RETENTION.plusDays(1));

        postgres.database().transaction(tx -> {
            String first = "delete from audit_event where id = (select min(id) from audit_event)";
            tx.connection().createStatement().execute(first);
            purge.runWhenDue();
            return null;
        });

        assertThat(acts()).isEmpty();
    }
}
