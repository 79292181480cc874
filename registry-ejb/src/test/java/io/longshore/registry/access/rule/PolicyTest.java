package io.longshore.registry.access.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.access.Identity;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.database.Crowd;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.FaultyLine;
import io.longshore.registry.database.Slice;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Identity ALICE = Identity.user("alice", Set.of("dev"), "test");
    private static final Actor ADMIN = new Actor("user:admin", "192.0.2.1");

    private final AtomicLong nanos = new AtomicLong();
    private TestDatabase postgres;
    private Policy policy;
    private RuleService rules;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        policy = policy(rule("anonymous", "public/**", Action.PULL));
        rules = new RuleService(postgres.database(), policy, new Audit(postgres.database()));
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    private Policy policy(Rule... configured) {
        return new Policy(postgres.database(), List.of(configured), false, nanos::get);
    }

    @Test
    void givesWhatTheRulesOfConfigurationAndDatabaseGive() {
        RepositoryName open = RepositoryName.parse("public/a");
        rules.add(ADMIN, rule("user:alice", "team/*", Action.PUSH));
        rules.add(ADMIN, rule("group:dev", "team/**", Action.PULL));
        rules.add(ADMIN, rule("authenticated", "shared", Action.DELETE));
        rules.add(ADMIN, rule("robot:alice", "**", Action.ADMIN));

        assertThat(policy.permissionsOf(ALICE).allow(APP, Action.PUSH)).isTrue();
        assertThat(policy.permissionsOf(ALICE).allow(APP, Action.PULL)).isTrue();
        assertThat(policy.permissionsOf(ALICE).allow(APP, Action.DELETE)).isFalse();
        assertThat(policy.permissionsOf(ALICE).allow(RepositoryName.parse("shared"), Action.DELETE)).isTrue();
        assertThat(policy.permissionsOf(ALICE).allow(open, Action.PULL)).as("as anonymous").isTrue();
        assertThat(policy.permissionsOf(Identity.ANONYMOUS).allow(open, Action.PULL)).isTrue();
        assertThat(policy.permissionsOf(Identity.ANONYMOUS).allow(APP, Action.PULL)).isFalse();
        Identity bob = Identity.user("bob", Set.of(), "test");
        assertThat(policy.permissionsOf(bob).allow(APP, Action.PULL)).isFalse();
        assertThat(policy.permissionsOf(bob).allow(RepositoryName.parse("shared"), Action.DELETE)).isTrue();
    }

    @Test
    void robotsMayDoWhatIsGivenToThemAlone() {
        rules.add(ADMIN, rule("authenticated", "**", Action.ADMIN));
        rules.add(ADMIN, rule("robot:ci", "team/*", Action.PUSH));
        Identity ci = new Identity(Subject.parse("robot:ci"), Set.of(), "robots", "", Optional.empty());

        assertThat(policy.permissionsOf(ci).allow(APP, Action.PUSH)).isTrue();
        assertThat(policy.permissionsOf(ci).allow(APP, Action.PULL)).isFalse();
        assertThat(policy.permissionsOf(ci).allowAdministration()).isFalse();
        assertThat(policy.permissionsOf(ci).allow(RepositoryName.parse("public/a"), Action.PULL))
                .as("as anonymous").isTrue();
    }

    @Test
    void knowsWhomRulesSpeakOf() {
        rules.add(ADMIN, rule("group:dev", "team/**", Action.PULL));

        assertThat(policy.speaksOf(Subject.parse("group:dev"))).isTrue();
        assertThat(policy.speaksOf(Subject.ANONYMOUS)).as("in the configuration").isTrue();
        assertThat(policy.speaksOf(Subject.parse("group:ops"))).isFalse();
        assertThat(policy.speaksOf(Subject.parse("user:dev"))).isFalse();
    }

    /** One that nodes cannot read would keep them from answering anybody. */
    @ParameterizedTest
    @CsvSource({
        "Team/app, alice", "team/***, alice", "'', alice", "'team/a, b', alice", "team/app, ' alice'", "team/app, 'a\tb'"
    })
    void theDatabaseTakesNoRuleThatIsNone(String repositories, String name) {
        String insert = "insert into access_rule (subject_kind, subject_name, repositories, actions, created_by) "
                + "values ('user', '%s', '%s', '{pull}', 'sql')";

        assertThatThrownBy(() -> postgres.run(insert.formatted(name, repositories)))
                .rootCause().hasMessageContaining("_check");

        postgres.run(insert.formatted("alice", "team/**"));
        assertThat(policy.permissionsOf(ALICE).allow(APP, Action.PULL)).isTrue();
    }

    /** What the checks of the database let through, and is no rule all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"U&'al\\200bice', '{pull}'", "U&'alice\\2003', '{pull}'", "U&'al\\2028ice', '{pull}'",
            "'alice', '{{pull,push},{delete,admin}}'"})
    void aRowThatIsNoRuleGivesNothingAndHidesNone(String nameAndActions) {
        rules.add(ADMIN, rule("user:alice", "first", Action.PULL));
        String insert = "insert into access_rule (subject_kind, repositories, created_by, subject_name, actions) "
                + "values ('user', 'broken', 'sql', %s)";
        postgres.run(insert.formatted(nameAndActions));
        String id = postgres.column("select id from access_rule where repositories = 'broken'").get(0);
        rules.add(ADMIN, rule("user:alice", "team/app", Action.PULL));

        assertThat(policy.permissionsOf(ALICE).allow(APP, Action.PULL)).isTrue();
        assertThat(policy.permissionsOf(ALICE).allow(RepositoryName.parse("broken"), Action.PULL)).isFalse();
        assertThat(rules.list(0, 10).items()).hasSize(2);
        Slice<StoredRule> first = rules.list(0, 1);
        assertThat(first.more()).as("behind the row that is none").isTrue();
        assertThat(rules.list(first.items().get(0).id(), 1).items()).hasSize(1);
        assertThat(rules.find(Long.parseLong(id))).isEmpty();
    }

    @Test
    void seesWhatOtherNodesChangeWithinASecond() {
        assertThat(policy.permissionsOf(ALICE).allow(APP, Action.PULL)).isFalse();
        Policy other = policy();
        StoredRule rule = new RuleService(postgres.database(), other, new Audit(postgres.database()))
                .add(ADMIN, rule("user:alice", "team/**", Action.PULL));

        assertThat(policy.permissionsOf(ALICE).allow(APP, Action.PULL)).as("not compared yet").isFalse();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(policy.permissionsOf(ALICE).allow(APP, Action.PULL)).isTrue();

        postgres.run("delete from access_rule where id = " + rule.id());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(policy.permissionsOf(ALICE).allow(APP, Action.PULL)).as("changed in SQL").isFalse();
    }

    @Test
    void seesWhatItsOwnNodeChangesAtOnce() {
        assertThat(policy.permissionsOf(ALICE).allow(APP, Action.PULL)).isFalse();
        StoredRule made = rules.add(ADMIN, rule("user:alice", "team/**", Action.PULL));
        assertThat(policy.permissionsOf(ALICE).allow(APP, Action.PULL)).isTrue();

        rules.replace(ADMIN, made.id(), rule("user:alice", "team/**", Action.DELETE));
        assertThat(policy.permissionsOf(ALICE).allow(APP, Action.PULL)).isFalse();
        assertThat(policy.permissionsOf(ALICE).allow(APP, Action.DELETE)).isTrue();

        assertThat(rules.remove(ADMIN, made.id())).isPresent();
        assertThat(policy.permissionsOf(ALICE).allow(APP, Action.DELETE)).isFalse();
        assertThat(rules.remove(ADMIN, made.id())).isEmpty();
        assertThat(rules.replace(ADMIN, made.id(), rule("user:alice", "a", Action.PULL))).isEmpty();
    }

    @Test
    void doesNotGoOnWithWhatItKnowsWhenItCannotSeeTheDatabase() throws Exception {
        try (FaultyLine line = new FaultyLine(TestDatabase.port());
                Database remote = postgres.over(line)) {
            Policy policy = new Policy(remote, List.of(), false, nanos::get);
            assertThat(policy.permissionsOf(ALICE).allow(APP, Action.PULL)).isFalse();
            line.cut();

            assertThat(policy.permissionsOf(ALICE).allow(APP, Action.PULL)).as("within the second").isFalse();
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThatExceptionOfType(RegistryException.Unavailable.class)
                    .isThrownBy(() -> policy.permissionsOf(ALICE));
        }
    }

    @Test
    void aDatabaseThatIsAwayIsTriedOnceForAllWhoWait() throws Exception {
        try (FaultyLine line = new FaultyLine(TestDatabase.port());
                Database remote = postgres.over(line);
                Crowd crowd = new Crowd(20)) {
            line.cut();
            AtomicInteger comparisons = new AtomicInteger();
            Policy policy = new Policy(remote, List.of(), false, () -> {
                comparisons.incrementAndGet();
                crowd.holdTheFirst();
                return nanos.get();
            });
            crowd.ask(() -> policy.permissionsOf(ALICE));

            assertThat(crowd.failures()).hasSize(20).allMatch(RegistryException.Unavailable.class::isInstance);
            assertThat(comparisons).hasValue(1);
        }
    }

    @Test
    void makesNoTwoRulesForTheSame() {
        StoredRule first = rules.add(ADMIN, rule("user:alice", "team/**", Action.PULL));
        StoredRule second = rules.add(ADMIN, rule("user:alice", "other/**", Action.PULL));

        assertThatExceptionOfType(RegistryException.Refused.class)
                .isThrownBy(() -> rules.add(ADMIN, rule("user:alice", "team/**", Action.PUSH)))
                .matches(e -> e.kind() == RegistryException.Kind.CONFLICT);
        assertThatExceptionOfType(RegistryException.Refused.class)
                .isThrownBy(() -> rules.replace(ADMIN, second.id(), first.rule()))
                .matches(e -> e.kind() == RegistryException.Kind.CONFLICT);
        assertThat(rules.list(0, 10).items()).containsExactly(first, second);
        assertThat(rules.list(first.id(), 10).items()).containsExactly(second);
        assertThat(rules.list(0, 1).more()).isTrue();
    }

    @Test
    void switchesToReadOnlyAndBack() {
        assertThat(policy.readOnly()).isEqualTo(ReadOnly.OFF);
        rules.setReadOnly(ADMIN, new ReadOnly(true, "moving house until noon"));
        assertThat(policy.readOnly()).isEqualTo(new ReadOnly(true, "moving house until noon"));
        assertThat(policy().readOnly().enabled()).as("on another node").isTrue();

        rules.setReadOnly(ADMIN, ReadOnly.OFF);
        assertThat(policy.readOnly().enabled()).isFalse();
        assertThat(new Policy(postgres.database(), List.of(), true, nanos::get).readOnly().enabled())
                .as("as configured")
                .isTrue();
    }

    @Test
    void auditsEachChange() {
        StoredRule made = rules.add(ADMIN, rule("user:alice", "team/**", Action.PUSH, Action.PULL));
        rules.replace(new Actor("user:bob", "192.0.2.2"), made.id(), rule("group:dev", "team/**", Action.PULL));
        rules.remove(ADMIN, made.id());
        rules.replace(ADMIN, made.id(), rule("group:dev", "team/**", Action.PULL));
        rules.setReadOnly(ADMIN, new ReadOnly(true, "for a while"));
        rules.remove(ADMIN, made.id());

        assertThat(postgres.column("select concat_ws(' ', act, actor, address, reference, detail) from audit_event "
                        + "order by id"))
                .containsExactly(
                        "rule.create user:admin 192.0.2.1 user:alice team/** pull,push",
                        "rule.change user:bob 192.0.2.2 group:dev team/** pull; rule " + made.id()
                                + " was user:alice team/** pull,push, made by user:admin",
                        "rule.delete user:admin 192.0.2.1 group:dev team/** pull",
                        "readonly.on user:admin 192.0.2.1 for a while");
    }

    @Test
    void canBeReadInSql() {
        rules.add(ADMIN, rule("authenticated", "**", Action.PULL));

        assertThat(postgres.column("select subject_kind || subject_name || repositories || actions::text "
                        + "from access_rule"))
                .containsExactly("authenticated**{pull}");
    }

    private static Rule rule(String subject, String pattern, Action... actions) {
        return new Rule(Subject.parse(subject), new Grant(RepositoryPattern.parse(pattern), Set.of(actions)));
    }
}
