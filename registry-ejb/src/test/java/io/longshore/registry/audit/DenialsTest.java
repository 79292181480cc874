package io.longshore.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RepositoryName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DenialsTest {
    private static final Actor ALICE = new Actor("user:alice", "192.0.2.1");

    private final TestDatabase database = TestDatabase.fresh();
    private final AtomicLong nanos = new AtomicLong();
    private final Denials denials = new Denials(new Audit(database.database()), nanos::get);

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private void deny(Actor actor, String repository, String what) {
        denials.record(actor, Optional.of(repository).filter(name -> !name.isEmpty()).map(RepositoryName::parse), what);
    }

    private List<String> recorded() {
        return database.column("""
                select concat_ws(' ', act, actor, address, repository, detail) from audit_event order by id""");
    }

    @Test
    void recordsWhoWasDeniedWhat() {
        deny(ALICE, "team/app", "push");
        deny(ALICE, "", "administration");

        assertThat(recorded()).containsExactly(
                "access.denied user:alice 192.0.2.1 team/app push",
                "access.denied user:alice 192.0.2.1 administration");
    }

    @Test
    void recordsTheFirstOfEqualOnesInAMinute() {
        for (int i = 0; i < 10; i++) {
            deny(ALICE, "team/app", "push");
        }
        deny(new Actor("user:alice", "192.0.2.2"), "team/app", "push");
        assertThat(recorded()).hasSize(1);

        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        deny(ALICE, "team/app", "push");
        assertThat(recorded()).hasSize(2);
    }

    @Test
    void recordsEachThatDiffers() {
        deny(ALICE, "team/app", "push");
        deny(ALICE, "team/app", "delete");
        deny(ALICE, "team/base", "push");
        deny(new Actor("user:bob", "192.0.2.1"), "team/app", "push");

        assertThat(recorded()).hasSize(4);
    }

    @Test
    void recordsNoMoreThanSomeOfASubjectInAMinute() {
        for (int i = 0; i < Denials.MOST_OF_A_SUBJECT + 50; i++) {
            deny(ALICE, "guess/" + i, "pull");
        }
        assertThat(recorded()).hasSize(Denials.MOST_OF_A_SUBJECT);

        deny(new Actor("user:bob", "192.0.2.1"), "guess/0", "pull");
        assertThat(recorded()).hasSize(Denials.MOST_OF_A_SUBJECT + 1);
    }

    @Test
    void whatCouldNotBeRecordedIsRecordedTheNextTime() {
        database.run("alter table audit_event rename to away");
        assertThatThrownBy(() -> deny(ALICE, "team/app", "push")).isInstanceOf(RuntimeException.class);
        database.run("alter table away rename to audit_event");

        deny(ALICE, "team/app", "push");
        assertThat(recorded()).hasSize(1);
    }
}
