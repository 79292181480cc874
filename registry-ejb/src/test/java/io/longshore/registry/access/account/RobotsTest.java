package io.longshore.registry.access.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.Permissions;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RobotsTest {
    private static final AccountName CI = new AccountName("ci");

    private final TestDatabase database = TestDatabase.fresh();
    private final Node node = new Node(database.database());

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private Secret robot() {
        return node.robots.create(CI, Node.PLAIN_ROBOT, List.of(), Node.ADMIN).secret();
    }

    private Optional<Identity> login(Secret secret) {
        return Node.login(node.byRobot, "ci", secret);
    }

    private static RobotProfile until(Instant end) {
        return new RobotProfile(Optional.empty(), Optional.of(end), false);
    }

    @Test
    void knowsRobotsByTheirSecrets() {
        Identity ci = login(robot()).orElseThrow();

        assertThat(ci.subject()).hasToString("robot:ci");
        assertThat(ci.source()).isEqualTo("robots").isEqualTo(node.byRobot.name());
        assertThat(ci.limits()).isEmpty();
        assertThat(node.byRobot.refresh(ci)).contains(ci);
    }

    @Test
    void takesAnyUserNameWithASecret() {
        assertThat(Node.login(node.byRobot, "whoever", robot()).orElseThrow().subject()).hasToString("robot:ci");
    }

    @Test
    void tellsItsSecretsFromAllElseWhetherTheyAreGoodOrNot() {
        Secret old = robot();
        node.robots.renew(CI, Node.ADMIN);

        assertThat(node.byRobot.isSecret(old)).isTrue();
        assertThat(node.byRobot.isSecret(Secret.of(old.reveal() + 'x'))).isFalse();
        assertThat(node.byRobot.isSecret(Secret.of(old.reveal().replace("lsr_", "lsp_")))).isFalse();
        assertThat(node.byRobot.isSecret(Secret.of(Node.PASSWORD))).isFalse();
        assertThat(node.byToken().isSecret(old)).isFalse();
    }

    @Test
    void keepsNothingThatOpens() {
        Secret secret = robot();

        assertThat(database.column("select robot::text from robot")).singleElement().asString()
                .doesNotContain(secret.reveal()).doesNotContain(secret.reveal().substring(16));
        assertThat(database.column("select audit_event::text from audit_event")).singleElement().asString()
                .contains("robot.create").doesNotContain(secret.reveal().substring(16));
    }

    @Test
    void refusesASecretWithAKnownIdAndAnotherRest() {
        String secret = robot().reveal();
        String other = node.robots.create(new AccountName("other"), Node.PLAIN_ROBOT, List.of(), Node.ADMIN)
                .secret().reveal();
        database.run("update robot set key_id = 'moved' where name = 'other'");
        database.run("update robot set key_id = '" + other.substring(4, 16) + "' where name = 'ci'");

        assertThat(login(Secret.of(other))).isEmpty();
        assertThat(login(Secret.of(secret))).isEmpty();
    }

    @Test
    void makesNoRobotTwice() {
        Secret first = robot();

        assertThatThrownBy(this::robot).isInstanceOfSatisfying(RegistryException.Refused.class, refused ->
                assertThat(refused.kind()).isEqualTo(RegistryException.Kind.CONFLICT));
        assertThat(login(first)).isPresent();
    }

    @Test
    void anotherSecretTakesThePlaceOfTheFirst() {
        Secret first = robot();
        Identity before = login(first).orElseThrow();
        Secret second = node.robots.renew(CI, Node.ADMIN).secret();

        assertThat(login(first)).isEmpty();
        assertThat(node.byRobot.refresh(before)).isEmpty();
        assertThat(login(second)).isPresent();
    }

    @Test
    void doesNotLetInWhatIsDisabled() {
        Secret secret = robot();
        Identity before = login(secret).orElseThrow();
        node.robots.change(CI, new RobotProfile(Optional.empty(), Optional.empty(), true), Node.ADMIN);

        assertThat(login(secret)).isEmpty();
        assertThat(node.byRobot.refresh(before)).isEmpty();
    }

    @Test
    void expiresAtTheMomentThatWasSaid() {
        Instant end = node.clock.instant().plusSeconds(60);
        Secret secret = node.robots.create(CI, until(end), List.of(), Node.ADMIN).secret();
        node.clock.advance(Duration.ofMillis(59_999));
        Identity before = login(secret).orElseThrow();

        node.clock.advance(Duration.ofMillis(1));

        assertThat(login(secret)).isEmpty();
        assertThat(node.byRobot.refresh(before)).isEmpty();
        node.robots.change(CI, until(end.plusSeconds(1)), Node.ADMIN);
        assertThat(login(secret)).isPresent();
    }

    @Test
    void refusesToMakeWhatHasExpired() {
        assertThatThrownBy(() -> node.robots.create(CI, until(node.clock.instant()), List.of(), Node.ADMIN))
                .isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void keepsWhatIsSaidOfARobot() {
        RobotProfile profile = new RobotProfile(
                Optional.of("builds"), Optional.of(node.clock.instant().plusSeconds(3600)), false);
        Robot made = node.robots.create(CI, profile, List.of(), Node.ADMIN).account();

        assertThat(made.profile()).isEqualTo(profile);
        assertThat(made.createdBy()).isEqualTo("user:admin");
        assertThat(node.robots.get(CI)).isEqualTo(made);
        assertThat(node.robots.list("", 10).items()).containsExactly(made);
        assertThat(node.robots.list("ci", 10).items()).isEmpty();
    }

    @Test
    void writesWhenARobotWasLastThere() {
        login(robot());
        node.uses.write();

        assertThat(node.robots.get(CI).lastUsedAt()).contains(node.clock.instant());
    }

    @Test
    void mayDoWhatItsScopesSay() {
        List<Grant> scopes = List.of(grant("team/**", Action.PULL), grant("team/**", Action.PUSH));
        Secret secret = node.robots.create(CI, Node.PLAIN_ROBOT, scopes, Node.ADMIN).secret();
        Permissions permissions = node.policy.permissionsOf(login(secret).orElseThrow());

        assertThat(permissions.allow(RepositoryName.parse("team/app"), Action.PUSH)).isTrue();
        assertThat(permissions.allow(RepositoryName.parse("team/app"), Action.DELETE)).isFalse();
        assertThat(permissions.allow(RepositoryName.parse("other"), Action.PULL)).isFalse();
        assertThat(database.column("select act || ' ' || detail from audit_event where act like 'rule.%'"))
                .containsExactly("rule.create team/** pull,push");
    }

    @Test
    void doesNotInheritFromOneThatWasCalledSo() {
        node.robots.create(CI, Node.PLAIN_ROBOT, List.of(grant("**", Action.ADMIN)), Node.ADMIN);
        node.robots.delete(CI, Node.ADMIN);
        assertThat(node.rules.list(0, 10).items()).isEmpty();

        node.rules.add(Node.ADMIN, new Rule(Subject.parse("robot:ci"), grant("**", Action.PULL)));
        robot();
        assertThat(node.rules.list(0, 10).items()).isEmpty();
    }

    private static Grant grant(String pattern, Action action) {
        return new Grant(new RepositoryPattern(pattern), Set.of(action));
    }

    @Test
    void refusesTooManyScopes() {
        List<Grant> many = IntStream.range(0, 51).mapToObj(i -> grant("r" + i, Action.PULL)).toList();

        assertThatThrownBy(() -> node.robots.create(CI, Node.PLAIN_ROBOT, many, Node.ADMIN))
                .isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void auditsWhatIsDone() {
        robot();
        node.robots.renew(CI, Node.ADMIN);
        node.robots.change(CI, Node.PLAIN_ROBOT, Node.ADMIN);
        node.robots.delete(CI, Node.ADMIN);

        assertThat(database.column("select act || ' ' || reference from audit_event order by id"))
                .isEqualTo(List.of("robot.create ci", "robot.secret ci", "robot.change ci", "robot.delete ci"));
        assertThatThrownBy(() -> node.robots.get(CI)).isInstanceOf(RegistryException.NotFound.class);
    }

    @Test
    void nothingIsDoneToRobotsThatAreNotThere() {
        assertThatThrownBy(() -> node.robots.renew(CI, Node.ADMIN)).isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> node.robots.delete(CI, Node.ADMIN)).isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> node.robots.change(CI, Node.PLAIN_ROBOT, Node.ADMIN))
                .isInstanceOf(RegistryException.NotFound.class);
    }
}
