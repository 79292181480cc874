package io.longshore.registry.access.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.access.Identity;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.TestDatabase;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserAuthenticatorTest {
    private static final AccountName ALICE = new AccountName("alice");

    private final TestDatabase database = TestDatabase.fresh();
    private final Node node = new Node(database.database());

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private Identity alice() {
        node.user("alice");
        return node.login("alice", Node.PASSWORD).orElseThrow();
    }

    @Test
    void knowsUsersByTheirPasswords() {
        Identity alice = alice();

        assertThat(alice.subject()).hasToString("user:alice");
        assertThat(alice.source()).isEqualTo("users").isEqualTo(node.byPassword.name());
        assertThat(alice.limits()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"alice, wrong", "alice, ''", "Alice, correct horse", "bob, correct horse", "a:b, x", "'', ''"})
    void knowsNobodyElse(String user, String password) {
        node.user("alice");

        assertThat(node.login(user, password)).isEmpty();
    }

    /** Such as tokens of issuers, which come here first. */
    @Test
    void doesNotLookAtWhatIsTooLongForAPassword() {
        node.user("alice");
        keep("é".repeat(256));
        assertThat(node.login("alice", "é".repeat(256))).isPresent();

        keep("é".repeat(257));
        assertThat(node.login("alice", "é".repeat(257))).isEmpty();
    }

    /** Whatever can be a password and what cannot. */
    private void keep(String password) {
        database.run("update account set password_hash = '" + node.passwords.hash(Secret.of(password)) + "'");
    }

    @Test
    void doesNotLetInWhoIsDisabled() {
        Identity alice = alice();
        node.users.change(ALICE, new UserProfile(Optional.empty(), Optional.empty(), true), Node.ADMIN);

        assertThat(node.login("alice", Node.PASSWORD)).isEmpty();
        assertThat(node.byPassword.refresh(alice)).isEmpty();
    }

    @Test
    void saysWhichGroupsAUserIsInNow() {
        Identity alice = alice();
        node.groups.create(new AccountName("dev"), Optional.empty(), Node.ADMIN);
        node.groups.addMember(new AccountName("dev"), ALICE, Node.ADMIN);

        assertThat(node.byPassword.refresh(alice).orElseThrow().groups()).containsExactly("dev");
    }

    @Test
    void forgetsWhoIsDeletedAndWhoComesAfterwards() {
        Identity alice = alice();
        node.users.delete(ALICE, Node.ADMIN);
        assertThat(node.byPassword.refresh(alice)).isEmpty();

        node.user("alice");
        assertThat(node.byPassword.refresh(alice)).isEmpty();
    }

    @Test
    void doesNotRenewWhatAnOldPasswordOpened() {
        Identity alice = alice();
        assertThat(node.byPassword.refresh(alice)).contains(alice);

        node.users.setPassword(ALICE, Node.password("battery staple"), Node.ADMIN);

        assertThat(node.byPassword.refresh(alice)).isEmpty();
        assertThat(node.byPassword.refresh(node.login("alice", "battery staple").orElseThrow())).isPresent();
    }

    @Test
    void writesWhenAUserWasLastThere() {
        alice();
        assertThat(node.users.get(ALICE).lastLoginAt()).isEmpty();

        node.uses.write();

        assertThat(node.users.get(ALICE).lastLoginAt()).contains(node.clock.instant());
    }

    @Test
    void aFailedLoginIsNoLogin() {
        node.user("alice");
        Node.login(node.byPassword, "alice", Secret.of("wrong"));
        node.uses.write();

        assertThat(node.users.get(ALICE).lastLoginAt()).isEmpty();
    }
}
