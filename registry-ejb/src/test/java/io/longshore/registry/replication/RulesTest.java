package io.longshore.registry.replication;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RulesTest {
    private final TestSite here = new TestSite();
    private final TestSite there = new TestSite();
    private final TestNode node = new TestNode(here, TestNode.end(there));

    @AfterEach
    void close() {
        node.close();
        here.close();
        there.close();
    }

    @Test
    void keepsARuleAsItWasGiven() {
        TestRule rule = TestRule.pull("team/*", "library/app").tags("v*").versions(">=1.0.0").newest(3)
                .platforms("linux/amd64", "linux/arm/v7").types("a/b", "c/d").referrers().mapped("library/", "hub/")
                .deletes().scheduled(new Timetable("0 3 * * *", ZoneId.of("Europe/Berlin"))).parallel(7)
                .as("bob", "s3cret");
        node.create(rule);

        AtomicReference<ReplicationRule> kept = new AtomicReference<>();
        node.rules.change(ALICE, TestRule.NAME, before -> {
            kept.set(before.orElseThrow());
            return before.get();
        });

        assertThat(kept.get()).isEqualTo(rule.rule());
        RuleStatus status = node.rules.get(TestRule.NAME);
        assertThat(status.createdBy()).isEqualTo("user:alice");
        assertThat(status.nextAt()).isPresent();
        assertThat(status.hasLogin()).isTrue();
        assertThat(status.rule().remote().login().orElseThrow().user()).isEqualTo("bob");
    }

    @Test
    void showsThePasswordToNobody() {
        node.create(TestRule.pull("team/*").as("bob", "s3cret"));

        assertThat(here.postgres.column("select r::text from replication_rule r").get(0))
                .doesNotContain("s3cret", "bob");
        assertThat(here.postgres.column("select e::text from audit_event e")).noneMatch(row -> row.contains("s3cret"));
        assertThat(node.rules.list().toString()).doesNotContain("s3cret");
        assertThat(node.rules.get(TestRule.NAME).rule().remote().login().orElseThrow().password().reveal()).isEmpty();
    }

    @Test
    void aNodeThatCannotReadThePasswordLeavesTheWorkToOthers() {
        there.image("team/app", "v1");
        node.create(TestRule.pull("team/*").as("bob", "s3cret"));
        try (TestNode other = new TestNode(here, TestNode.end(there), "another secret of a node")) {
            assertThat(other.rules.get(TestRule.NAME).hasLogin()).isTrue();
            assertThat(other.rules.get(TestRule.NAME).rule().remote().login()).isEmpty();
            Run run = other.runs.start(ALICE, TestRule.NAME, false);
            other.replicator.tick();
            assertThat(here.postgres.column("select state from replication_item")).containsExactly("waiting");

            assertThat(node.ended(run.id()).counts().copied()).isEqualTo(1);
        }
    }

    @Test
    void aRuleThatIsRemovedTakesItsRunsAlong() {
        there.image("team/app", "v1");
        node.create(TestRule.pull("team/*"));
        node.run();

        node.rules.delete(ALICE, TestRule.NAME);

        assertThat(here.postgres.column("select id from replication_run")).isEmpty();
        assertThat(here.postgres.column("select tag from replication_tag")).isEmpty();
        assertThat(here.tags()).containsExactly("team/app:v1");
        assertThat(here.postgres.column("select act from audit_event where act like 'replication.%' order by id"))
                .containsExactly("replication.create", "replication.run", "replication.delete");
        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> node.rules.get(TestRule.NAME));
    }

    @Test
    void thereAreNoTwoOfOneName() {
        node.create(TestRule.pull("team/*"));

        assertThatExceptionOfType(RegistryException.Refused.class)
                .isThrownBy(() -> node.create(TestRule.push("other/*")));
        assertThat(node.rules.list()).hasSize(1);
    }

    @Test
    void aRepositoryThatCannotBeCalledSoFailsAndTheOthersDoNot() {
        there.image("a/app", "v1");
        there.image("ab", "v1");
        node.create(TestRule.pull("**").mapped("a", ""));

        Run run = node.run();

        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.error().orElseThrow()).startsWith("a/app: a repository name has");
        assertThat(here.tags()).containsExactly("b:v1");
        assertThat(new Mapping("library/", "hub/").target(RepositoryName.parse("library/app")).value())
                .isEqualTo("hub/app");
    }
}
