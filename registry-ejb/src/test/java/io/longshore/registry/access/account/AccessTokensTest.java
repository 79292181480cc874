package io.longshore.registry.access.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.htpasswd.HtpasswdAuthenticator;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTokensTest {
    private static final List<Grant> PULL = List.of(grant("team/**", Action.PULL));

    private final TestDatabase database = TestDatabase.fresh();
    private final UserDirectory directory = new UserDirectory();
    private final Node node = new Node(database.database(), directory);
    private final TokenAuthenticator byToken = node.byToken(directory);

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private static Grant grant(String pattern, Action... actions) {
        return new Grant(new RepositoryPattern(pattern), Set.of(actions));
    }

    private Identity alice() {
        node.user("alice");
        return node.login("alice", Node.PASSWORD).orElseThrow();
    }

    private Issued<AccessToken> token(Identity owner, String title) {
        return node.tokens.create(owner, title, PULL, Optional.empty(), Node.ADMIN);
    }

    private Optional<Identity> login(Secret secret) {
        return Node.login(byToken, "whoever", secret);
    }

    @Test
    void standsForAPartOfItsOwner() {
        Issued<AccessToken> token = token(alice(), "laptop");
        Identity shown = login(token.secret()).orElseThrow();

        assertThat(shown.subject()).hasToString("user:alice");
        assertThat(shown.source()).isEqualTo("tokens").isEqualTo(byToken.name());
        assertThat(shown.credential()).isEqualTo(token.account().id());
        assertThat(shown.limits()).contains(PULL);
    }

    @Test
    void keepsNothingThatOpens() {
        String secret = token(alice(), "laptop").secret().reveal();

        assertThat(database.column("select access_token::text from access_token")).singleElement().asString()
                .doesNotContain(secret.substring(16));
        assertThat(database.column("select audit_event::text from audit_event where act = 'token.create'"))
                .singleElement().asString().contains("laptop").doesNotContain(secret.substring(16));
    }

    @Test
    void putsTheActionsOfAPatternTogether() {
        List<Grant> scopes = List.of(
                grant("team/**", Action.PULL), grant("a", Action.DELETE), grant("team/**", Action.PUSH));
        Issued<AccessToken> token = node.tokens.create(alice(), "ci", scopes, Optional.empty(), Node.ADMIN);

        assertThat(login(token.secret()).orElseThrow().limits()).contains(
                List.of(grant("a", Action.DELETE), grant("team/**", Action.PULL, Action.PUSH)));
    }

    @Test
    void hasTheGroupsThatItsOwnerHasNow() {
        Issued<AccessToken> token = token(alice(), "laptop");
        node.groups.create(new AccountName("dev"), Optional.empty(), Node.ADMIN);
        node.groups.addMember(new AccountName("dev"), new AccountName("alice"), Node.ADMIN);

        assertThat(login(token.secret()).orElseThrow().groups()).containsExactly("dev");
    }

    @Test
    void outlivesThePasswordOfItsOwner() {
        Issued<AccessToken> token = token(alice(), "laptop");
        node.users.setPassword(new AccountName("alice"), Node.password("battery staple"), Node.ADMIN);

        assertThat(login(token.secret())).isPresent();
    }

    @Test
    void isWorthNothingWhileItsOwnerIsDisabled() {
        Issued<AccessToken> token = token(alice(), "laptop");
        Identity before = login(token.secret()).orElseThrow();
        node.users.change(
                new AccountName("alice"), new UserProfile(Optional.empty(), Optional.empty(), true), Node.ADMIN);

        assertThat(login(token.secret())).isEmpty();
        assertThat(refreshed(before)).isEmpty();
    }

    @Test
    void goesWithItsOwnerAndDoesNotComeBack() {
        Issued<AccessToken> token = token(alice(), "laptop");
        node.users.delete(new AccountName("alice"), Node.ADMIN);
        node.user("alice");

        assertThat(login(token.secret())).isEmpty();
        assertThat(database.column("select key_id from access_token_scope")).isEmpty();
    }

    @Test
    void usersOfADirectoryHaveTokensAsLongAsTheyAreThere() {
        directory.groups.put("carol", Set.of("ops"));
        Issued<AccessToken> token = token(directory.user("carol"), "laptop");
        Identity shown = login(token.secret()).orElseThrow();
        assertThat(shown.groups()).containsExactly("ops");

        directory.groups.put("carol", Set.of("dev"));
        assertThat(refreshed(shown).orElseThrow().groups()).containsExactly("dev");

        directory.groups.remove("carol");
        assertThat(login(token.secret())).isEmpty();
        assertThat(refreshed(shown)).isEmpty();
    }

    @Test
    void usersOfAFileHaveTokensAsLongAsTheirLineIsThere(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("htpasswd"),
                "dora:" + BCrypt.withDefaults().hashToString(4, "arod".toCharArray()) + '\n');
        HtpasswdAuthenticator htpasswd = HtpasswdAuthenticator.open(file);
        TokenAuthenticator tokens = node.byToken(htpasswd);
        Identity dora = Node.login(htpasswd, "dora", Secret.of("arod")).orElseThrow();
        Secret secret = new Node(database.database(), htpasswd)
                .tokens.create(dora, "laptop", PULL, Optional.empty(), Node.ADMIN).secret();

        assertThat(Node.login(tokens, "dora", secret)).isPresent();
        Files.writeString(file, "eve:$2y$04$" + "b".repeat(53) + "\n# more\n");
        assertThat(Node.login(tokens, "dora", secret)).isEmpty();
    }

    @Test
    void asksWithWhatTheOwnerHadLoggedIn() {
        directory.groups.put("carol", Set.of());
        Identity carol = new Identity(
                new Subject(Subject.Kind.USER, "carol"), Set.of("ops"), "directory", "uid=carol", Optional.empty());
        Secret secret = token(carol, "laptop").secret();
        login(secret);

        assertThat(directory.asked).isEqualTo(carol);
    }

    @Test
    void cannotBeToldWhileTheDirectoryIsAway() {
        directory.groups.put("carol", Set.of());
        Issued<AccessToken> token = token(directory.user("carol"), "laptop");
        directory.isAway = true;

        assertThatThrownBy(() -> byToken.authenticate(new Credentials.Password("carol", token.secret())))
                .isInstanceOf(IOException.class);
    }

    @Test
    void isWorthNothingWhenTheDirectoryIsNotAskedAnyMore() {
        directory.groups.put("carol", Set.of());
        Issued<AccessToken> token = token(directory.user("carol"), "laptop");

        assertThat(Node.login(node.byToken(), "carol", token.secret())).isEmpty();
    }

    @Test
    void expiresAtTheMomentThatWasSaid() {
        Instant end = node.clock.instant().plusSeconds(60);
        Issued<AccessToken> token = node.tokens.create(alice(), "ci", PULL, Optional.of(end), Node.ADMIN);
        node.clock.advance(Duration.ofMillis(59_999));
        Identity before = login(token.secret()).orElseThrow();

        node.clock.advance(Duration.ofMillis(1));

        assertThat(login(token.secret())).isEmpty();
        assertThat(refreshed(before)).isEmpty();
    }

    @Test
    void everyTokenExpires() {
        Instant now = node.clock.instant();
        Identity alice = alice();

        assertThat(token(alice, "a").account().expiresAt()).isEqualTo(now.plus(Duration.ofDays(90)));
        Instant latest = now.plus(Duration.ofDays(365));
        assertThat(node.tokens.create(alice, "b", PULL, Optional.of(latest), Node.ADMIN).account().expiresAt())
                .isEqualTo(latest);
        for (Instant end : List.of(now, now.minusSeconds(1), latest.plusNanos(1000), Instant.MAX)) {
            assertThatThrownBy(() -> node.tokens.create(alice, "c", PULL, Optional.of(end), Node.ADMIN))
                    .isInstanceOf(RegistryException.Invalid.class);
        }
    }

    @Test
    void aRevokedOneIsGone() {
        Issued<AccessToken> token = token(alice(), "laptop");
        Identity before = login(token.secret()).orElseThrow();
        String id = token.account().id();
        assertThatThrownBy(() -> node.tokens.revoke(id, Optional.of("bob"), Node.ADMIN))
                .isInstanceOf(RegistryException.NotFound.class);
        assertThat(login(token.secret())).isPresent();

        node.tokens.revoke(id, Optional.of("alice"), Node.ADMIN);

        assertThat(login(token.secret())).isEmpty();
        assertThat(refreshed(before)).isEmpty();
        assertThat(database.column("select act || ' ' || reference || ' ' || detail from audit_event order by id"))
                .endsWith("token.create " + id + " laptop", "token.revoke " + id + " of alice");
        assertThatThrownBy(() -> node.tokens.revoke(id, Optional.empty(), Node.ADMIN))
                .isInstanceOf(RegistryException.NotFound.class);
    }

    @Test
    void isMadeByAWholeUserOnly() {
        Identity alice = alice();
        Identity limited = login(token(alice, "laptop").secret()).orElseThrow();
        Identity robot = new Identity(
                new Subject(Subject.Kind.ROBOT, "ci"), Set.of(), "robots", "x", Optional.empty());

        for (Identity other : List.of(limited, robot, Identity.ANONYMOUS)) {
            assertThatThrownBy(() -> token(other, "another")).isInstanceOf(RegistryException.Denied.class);
        }
    }

    @Test
    void hasATitleOfItsOwn() {
        Identity alice = alice();
        token(alice, "laptop");

        assertThatThrownBy(() -> token(alice, "laptop"))
                .isInstanceOfSatisfying(RegistryException.Refused.class, refused ->
                        assertThat(refused.kind()).isEqualTo(RegistryException.Kind.CONFLICT));
        for (String title : List.of("", " ", "a\nb", "x".repeat(101))) {
            assertThatThrownBy(() -> token(alice, title)).isInstanceOf(RegistryException.Invalid.class);
        }
    }

    @Test
    void isGoodForSomethingAndNotForTooMuch() {
        Identity alice = alice();
        List<Grant> many = IntStream.range(0, 51)
                .mapToObj(i -> grant("r" + i, Action.PULL)).toList();
        for (List<Grant> scopes : List.of(List.<Grant>of(), many)) {
            assertThatThrownBy(() -> node.tokens.create(alice, "x", scopes, Optional.empty(), Node.ADMIN))
                    .isInstanceOf(RegistryException.Invalid.class);
        }
    }

    @Test
    void oneOwnerHasAHundredAtMost() {
        Identity alice = alice();
        for (int i = 0; i < 100; i++) {
            token(alice, "token " + i);
        }
        assertThatThrownBy(() -> token(alice, "one more")).isInstanceOf(RegistryException.Refused.class);

        // Those that expired long ago make room.
        node.clock.advance(Duration.ofDays(90 + 30).plusSeconds(1));
        token(alice, "one more");
        assertThat(node.tokens.list(Optional.of("alice"), "", 1000).items()).hasSize(1);
    }

    @Test
    void oneThatHasExpiredIsShownForAMonthAndMakesRoomForAnotherOfItsTitle() {
        Identity alice = alice();
        AccessToken old = token(alice, "laptop").account();
        node.clock.advance(Duration.ofDays(90));
        AccessToken next = token(alice, "laptop").account();
        assertThat(node.tokens.list(Optional.empty(), "", 10).items()).containsExactly(next).doesNotContain(old);

        node.clock.advance(Duration.ofDays(90 + 30).minusMillis(1));
        assertThat(node.tokens.list(Optional.of("alice"), "", 10).items()).containsExactly(next);
        node.clock.advance(Duration.ofMillis(1));
        assertThat(node.tokens.list(Optional.of("alice"), "", 10).items()).isEmpty();
        assertThat(node.tokens.list(Optional.empty(), "", 10).items()).isEmpty();
    }

    @Test
    void oneNodeDeletesOncePerHourThoseThatExpiredLongAgo() {
        Identity alice = alice();
        token(alice, "laptop");
        node.clock.advance(Duration.ofDays(90 + 30).minusMillis(1));
        token(alice, "desktop");
        node.tokens.deleteExpiredWhenDue();
        assertThat(database.column("select name from access_token order by name"))
                .containsExactly("desktop", "laptop");

        node.clock.advance(Duration.ofMillis(1));
        new Node(database.database()).tokens.deleteExpiredWhenDue();
        assertThat(database.column("select count(*) from access_token")).as("within the hour").containsExactly("2");
        database.run("update background_job set begun_at = begun_at - interval '1 hour'");
        node.tokens.deleteExpiredWhenDue();
        assertThat(database.column("select name from access_token")).containsExactly("desktop");
    }

    @Test
    void listsThoseOfOneOwnerOrOfAll() {
        directory.groups.put("carol", Set.of());
        AccessToken one = token(alice(), "laptop").account();
        AccessToken two = token(directory.user("carol"), "laptop").account();

        assertThat(node.tokens.list(Optional.of("alice"), "", 10).items()).containsExactly(one);
        assertThat(one.scopes()).isEqualTo(PULL);
        assertThat(node.tokens.list(Optional.empty(), "", 10).items()).containsExactlyInAnyOrder(one, two);
        String first = node.tokens.list(Optional.empty(), "", 1).items().get(0).id();
        assertThat(node.tokens.list(Optional.empty(), first, 10).items()).hasSize(1)
                .noneMatch(token -> token.id().equals(first));
    }

    @Test
    void writesWhenATokenWasLastUsed() {
        Issued<AccessToken> token = token(alice(), "laptop");
        node.clock.advance(Duration.ofMinutes(3));
        login(token.secret());
        node.uses.write();

        assertThat(node.tokens.list(Optional.of("alice"), "", 10).items().get(0).lastUsedAt())
                .contains(node.clock.instant());
    }

    private Optional<Identity> refreshed(Identity identity) {
        try {
            return byToken.refresh(identity);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
