package io.longshore.registry.access.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may make a personal access token, of those who could a moment ago. */
class AccessTokenMakersTest {
    private static final List<Grant> PULL =
            List.of(new Grant(new RepositoryPattern("team/**"), Set.of(Action.PULL)));

    private final TestDatabase database = TestDatabase.fresh();
    private final UserDirectory directory = new UserDirectory();
    private final Node node = new Node(database.database(), directory);

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private Identity alice() {
        node.user("alice");
        return node.login("alice", Node.PASSWORD).orElseThrow();
    }

    private void token(Identity owner, String title) {
        node.tokens.create(owner, title, PULL, Optional.empty(), Node.ADMIN);
    }

    /** A node remembers who logged in, and a token outlives a password. */
    @Test
    void isNotMadeWithAPasswordThatIsNoneAnyMore() {
        Identity remembered = alice();
        node.users.setPassword(new AccountName("alice"), Node.password("battery staple"), Node.ADMIN);
        assertIsMadeNoMore(remembered);
        Identity now = node.login("alice", "battery staple").orElseThrow();
        token(now, "laptop");

        node.users.change(
                new AccountName("alice"), new UserProfile(Optional.empty(), Optional.empty(), true), Node.ADMIN);
        assertIsMadeNoMore(now);
    }

    private void assertIsMadeNoMore(Identity owner) {
        assertThatThrownBy(() -> token(owner, "another")).isInstanceOf(RegistryException.Denied.class);
        assertThat(database.column("select key_id from access_token where name = 'another'")).isEmpty();
    }

    /** It would be that of whoever is called so next. */
    @Test
    void isNotMadeByAUserWhoWasDeleted() {
        Identity remembered = alice();
        node.users.delete(new AccountName("alice"), Node.ADMIN);

        assertIsMadeNoMore(remembered);
        node.user("alice");
        assertIsMadeNoMore(remembered);
    }

    @Test
    void isNotMadeByAUserWhoIsDeletedOrChangedAMomentAfterBeingAskedFor() {
        AccountName name = new AccountName("alice");
        Runnable disable = () -> node.users.change(
                name, new UserProfile(Optional.empty(), Optional.empty(), true), Node.ADMIN);
        Runnable setPassword = () -> node.users.setPassword(name, Node.password("battery staple"), Node.ADMIN);
        Runnable delete = () -> node.users.delete(name, Node.ADMIN);
        for (Runnable change : List.of(setPassword, disable, delete)) {
            Identity alice = alice();
            AccessTokens tokens = node.tokens(new Sources(List.of(new Overtaken(node.byPassword, change))));

            assertThatThrownBy(() -> tokens.create(alice, "another", PULL, Optional.empty(), Node.ADMIN))
                    .isInstanceOf(RegistryException.Denied.class);
            database.run("delete from account");
        }
        assertThat(database.column("select key_id from access_token")).isEmpty();
    }

    /** Asks another, and has something happen before it says what it was told. */
    private record Overtaken(Authenticator asked, Runnable happening) implements Authenticator {
        @Override
        public Optional<Identity> authenticate(Credentials credentials) throws IOException {
            return asked.authenticate(credentials);
        }

        @Override
        public Optional<Identity> refresh(Identity identity) throws IOException {
            Optional<Identity> found = asked.refresh(identity);
            happening.run();
            return found;
        }

        @Override
        public String name() {
            return asked.name();
        }
    }

    @Test
    void isNotMadeByAUserWhomTheDirectoryDoesNotKnowAnyMore() {
        directory.groups.put("carol", Set.of());
        Identity carol = directory.user("carol");
        directory.isAway = true;
        assertThatThrownBy(() -> token(carol, "laptop")).isInstanceOf(RegistryException.Unavailable.class);

        directory.isAway = false;
        directory.groups.remove("carol");
        assertIsMadeNoMore(carol);
        assertIsMadeNoMore(Identity.user("carol", Set.of(), "a section that was taken out"));
    }
}
