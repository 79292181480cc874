package io.longshore.registry.access.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.config.Secret;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Slice;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
    private static final AccountName ALICE = new AccountName("alice");
    private static final NewPassword PASSWORD = Node.password(Node.PASSWORD);

    private final TestDatabase database = TestDatabase.fresh();
    private final Node node = new Node(database.database());

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void keepsWhatIsSaidOfAUser() {
        UserProfile profile = new UserProfile(Optional.of("a@example.com"), Optional.of("of sales"), false);
        User made = node.users.create(ALICE, PASSWORD, profile, Node.ADMIN);

        assertThat(made.name()).isEqualTo(ALICE);
        assertThat(made.profile()).isEqualTo(profile);
        assertThat(made.groups()).isEmpty();
        assertThat(made.passwordSetAt()).isEqualTo(made.createdAt());
        assertThat(made.lastLoginAt()).isEmpty();
        assertThat(node.users.get(ALICE)).isEqualTo(made);
        assertThat(database.column("select act || ' ' || actor || ' ' || reference || ' ' || address from audit_event"))
                .containsExactly("user.create user:admin alice 192.0.2.1");
    }

    @Test
    void keepsNoPassword() {
        node.user("alice");

        assertThat(database.column("select password_hash from account"))
                .singleElement().asString().startsWith("PBKDF2WithHmacSHA256:10:").doesNotContain(Node.PASSWORD);
        assertThat(database.column("select audit_event::text from audit_event"))
                .singleElement().asString().doesNotContain(Node.PASSWORD);
    }

    @Test
    void makesNoUserTwice() {
        node.user("alice");

        assertThatThrownBy(() -> node.users.create(ALICE, Node.password("another one"), Node.PLAIN_USER, Node.ADMIN))
                .isInstanceOfSatisfying(RegistryException.Refused.class, refused ->
                        assertThat(refused.kind()).isEqualTo(RegistryException.Kind.CONFLICT));
        assertThat(node.login("alice", Node.PASSWORD)).isPresent();
        assertThat(database.column("select act from audit_event")).containsExactly("user.create");
    }

    @Test
    void ofNodesThatMakeTheSameUserOneDoes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Database other = database.start()) {
            List<Node> nodes = List.of(node, new Node(other));
            for (int round = 0; round < 20; round++) {
                AccountName name = new AccountName("user" + round);
                List<Callable<Boolean>> attempts = new ArrayList<>();
                nodes.forEach(each -> attempts.add(() -> isMadeBy(each, name)));
                List<Boolean> made = new ArrayList<>();
                for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                    made.add(attempt.get());
                }

                assertThat(made).containsExactlyInAnyOrder(true, false);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(database.column("select count(*) from audit_event")).containsExactly("20");
    }

    private static boolean isMadeBy(Node node, AccountName name) {
        try {
            node.users.create(name, PASSWORD, Node.PLAIN_USER, Node.ADMIN);
            return true;
        } catch (RegistryException.Refused e) {
            return false;
        }
    }

    @Test
    void listsThemInAsciiOrderPageByPage() {
        List.of("b", "a", "a-b", "a.b", "c").forEach(node::user);

        Slice<User> first = node.users.list("", 3);
        assertThat(first.items()).extracting(user -> user.name().value()).containsExactly("a", "a-b", "a.b");
        assertThat(first.more()).isTrue();
        Slice<User> second = node.users.list("a.b", 3);
        assertThat(second.items()).extracting(user -> user.name().value()).containsExactly("b", "c");
        assertThat(second.more()).isFalse();
    }

    @Test
    void changesWhatIsSaidOfAUser() {
        node.user("alice");
        UserProfile profile = new UserProfile(Optional.empty(), Optional.of("on leave"), true);

        assertThat(node.users.change(ALICE, profile, Node.ADMIN).profile()).isEqualTo(profile);
        assertThat(node.login("alice", Node.PASSWORD)).isEmpty();
        assertThat(database.column("select act || ' ' || coalesce(detail, '') from audit_event order by id"))
                .containsExactly("user.create ", "user.change disabled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "a@b@c", "a b@c", "a@", "@b", "a@b\n"})
    void refusesWhatIsNoAddress(String email) {
        assertThatThrownBy(() -> new UserProfile(Optional.of(email), Optional.empty(), false))
                .isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void refusesLongDescriptions() {
        assertThatThrownBy(() -> new UserProfile(Optional.empty(), Optional.of("x".repeat(1001)), false))
                .isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void anAdministratorSetsPasswords() {
        node.user("alice");
        node.users.setPassword(ALICE, Node.password("battery staple"), Node.ADMIN);

        assertThat(node.login("alice", Node.PASSWORD)).isEmpty();
        assertThat(node.login("alice", "battery staple")).isPresent();
        assertThat(node.users.get(ALICE).passwordSetAt()).isAfter(node.users.get(ALICE).createdAt());
        assertThat(database.column("select act from audit_event order by id"))
                .containsExactly("user.create", "user.password");
    }

    private boolean change(String old) {
        return node.users.changePassword(ALICE, Secret.of(old), Node.password("battery staple"), Node.ADMIN);
    }

    @Test
    void aUserChangesThePasswordByTheOldOne() {
        node.user("alice");
        assertThat(change(Node.PASSWORD)).isTrue();

        assertThat(node.login("alice", "battery staple")).isPresent();
    }

    @Test
    void aWrongOldPasswordChangesNothing() {
        node.user("alice");

        assertThat(change("wrong")).isFalse();
        assertThat(node.login("alice", Node.PASSWORD)).isPresent();
        assertThat(database.column("select act from audit_event")).containsExactly("user.create");
    }

    @Test
    void nobodyIsCalledLikeTheirPassword() {
        assertThatThrownBy(() -> node.users.create(
                        new AccountName("charlotte"), Node.password("charlotte"), Node.PLAIN_USER, Node.ADMIN))
                .isInstanceOf(RegistryException.Invalid.class);
        node.user("charlotte");
        assertThatThrownBy(() -> node.users.setPassword(
                        new AccountName("charlotte"), Node.password("Charlotte"), Node.ADMIN))
                .isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void nothingIsDoneToUsersWhoAreNotThere() {
        assertThatThrownBy(() -> node.users.get(ALICE)).isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> node.users.change(ALICE, Node.PLAIN_USER, Node.ADMIN))
                .isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> node.users.setPassword(ALICE, PASSWORD, Node.ADMIN))
                .isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> node.users.changePassword(ALICE, Secret.of("x"), PASSWORD, Node.ADMIN))
                .isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> node.users.delete(ALICE, Node.ADMIN)).isInstanceOf(RegistryException.NotFound.class);
        assertThat(database.column("select act from audit_event")).isEmpty();
    }

    @Test
    void aUserWhoIsDeletedIsGone() {
        node.user("alice");
        node.groups.create(new AccountName("dev"), Optional.empty(), Node.ADMIN);
        node.groups.addMember(new AccountName("dev"), ALICE, Node.ADMIN);
        Rule rule = new Rule(Subject.parse("user:alice"), new Grant(RepositoryPattern.ALL, Set.of(Action.ADMIN)));
        node.rules.add(Node.ADMIN, rule);
        node.users.delete(ALICE, Node.ADMIN);

        assertThat(node.rules.list(0, 10).items()).isEmpty();
        assertThat(node.login("alice", Node.PASSWORD)).isEmpty();
        assertThat(node.groups.get(new AccountName("dev")).members()).isZero();
        assertThat(database.column("select act from audit_event order by id desc limit 1"))
                .containsExactly("user.delete");
    }
}
