package io.longshore.registry.access.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RegistryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginServiceTest {
    private static final String HOME = "192.0.2.1";
    private static final String AWAY = "198.51.100.7";
    private static final Duration CACHE = Duration.ofMinutes(1);
    private static final int AFTER = 3;

    private final AtomicLong nanos = new AtomicLong();
    private final KnownUsers first = new KnownUsers("first").with("alice", "of the first");
    private final KnownUsers second =
            new KnownUsers("second").with("alice", "of the second").with("bob", "secret");
    private TestDatabase postgres;
    private LoginService logins;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        logins = logins(CACHE, first, second);
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    private LoginService logins(Duration cache, Authenticator... chain) {
        return logins(cache, new Chain(List.of(), List.of(chain)));
    }

    private LoginService logins(Duration cache, Chain chain) {
        return new LoginService(
                chain, new Audit(postgres.database()), cache, AFTER, Duration.ofMinutes(1), nanos::get);
    }

    private static Credentials shown(String user, String password) {
        return new Credentials.Password(user, Secret.of(password));
    }

    private Optional<Identity> login(String user, String password) {
        return logins.login(shown(user, password), HOME);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void asksOneAfterTheOtherAndTheFirstThatKnowsDecides() {
        assertThat(login("alice", "of the first").orElseThrow().source()).isEqualTo("first");
        assertThat(second.questions()).isZero();
        assertThat(login("alice", "of the second").orElseThrow().source()).isEqualTo("second");
        assertThat(login("bob", "secret").orElseThrow().source()).isEqualTo("second");
        assertThat(login("bob", "of the first")).isEmpty();
    }

    @Test
    void remembersWhatWasVerifiedForAWhileAndNoLonger() {
        login("alice", "of the first");
        first.remove("alice");
        pass(CACHE.minusNanos(1));
        assertThat(login("alice", "of the first")).isPresent();
        assertThat(first.questions()).isEqualTo(1);

        pass(Duration.ofNanos(1));
        assertThat(login("alice", "of the first")).as("revoked").isEmpty();
    }

    /** However busy somebody is: what was revoked ends. */
    @Test
    void remembersNothingLongerBecauseItIsUsed() {
        login("alice", "of the first");
        first.remove("alice");
        for (int i = 0; i < 6; i++) {
            pass(CACHE.dividedBy(6));
            login("alice", "of the first");
        }

        assertThat(login("alice", "of the first")).isEmpty();
    }

    @Test
    void remembersNoFailure() {
        assertThat(login("carol", "secret")).isEmpty();
        second.with("carol", "secret");

        assertThat(login("carol", "secret")).isPresent();
    }

    @Test
    void remembersNothingIfItIsToldSo() {
        logins = logins(Duration.ZERO, first);
        login("alice", "of the first");
        first.remove("alice");

        assertThat(login("alice", "of the first")).isEmpty();
    }

    @Test
    void takesNoOtherCredentialsForThoseThatItRemembers() {
        login("bob", "secret");

        assertThat(login("bob", "secret ")).isEmpty();
        assertThat(login("bobs", "ecret")).isEmpty();
        assertThat(login("bo", "bsecret")).isEmpty();
    }

    @Test
    void checksOnceWhatManyShowAtTheSameTime() throws Exception {
        first.hold();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<Optional<Identity>>> found = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                found.add(CompletableFuture.supplyAsync(() -> login("alice", "of the first"), threads));
            }
            first.awaitQuestion();
            first.release();

            for (CompletableFuture<Optional<Identity>> each : found) {
                assertThat(each.get()).isPresent();
            }
            assertThat(first.questions()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whoShowsASecretThatSaysItsOwnerWaitsForNobodyElse() throws Exception {
        KnownSecrets robots = new KnownSecrets().with(KnownSecrets.FORM + "ci");
        logins = logins(CACHE, new Chain(List.of(robots), List.of(first)));
        first.hold();
        int many = 50;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<CompletableFuture<Optional<Identity>>> waiting = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                String name = "user" + i;
                waiting.add(CompletableFuture.supplyAsync(
                        () -> logins.login(shown(name, "secret"), "192.0.2." + name.substring(4)), threads));
            }
            first.awaitQuestion();

            assertThat(login("ci", KnownSecrets.FORM + "ci").orElseThrow().source()).isEqualTo("robots");
            assertThat(waiting).noneMatch(CompletableFuture::isDone);

            first.release();
            for (CompletableFuture<Optional<Identity>> each : waiting) {
                assertThat(each.get()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void asksTheOthersIfOneCannotTell() {
        first.setAway(true);

        assertThat(login("bob", "secret").orElseThrow().source()).isEqualTo("second");
    }

    @Test
    void saysThatItCannotTellIfNobodyElseKnows() {
        first.setAway(true);
        for (int i = 0; i < 2 * AFTER; i++) {
            assertThatExceptionOfType(RegistryException.Unavailable.class)
                    .isThrownBy(() -> login("alice", "of the first"))
                    .withMessageNotContaining("of the first");
        }
        first.setAway(false);

        assertThat(login("alice", "of the first")).as("nothing was counted or remembered").isPresent();
        assertThat(failures()).isZero();
    }

    @Test
    void slowsDownWhoFailsAndDoesNotCheckMeanwhile() {
        for (int i = 0; i < AFTER; i++) {
            assertThat(login("alice", "wrong" + i)).isEmpty();
        }
        int asked = first.questions();

        RegistryException.TooManyRequests refused = catchThrowableOfType(
                RegistryException.TooManyRequests.class, () -> login("alice", "of the first"));

        assertThat(refused.retryAfterSeconds()).isEqualTo(1);
        assertThat(first.questions()).isEqualTo(asked);
        assertThat(login("bob", "secret")).as("another account").isPresent();
        assertThat(logins.login(shown("alice", "of the second"), "192.0.2.2")).as("another address").isPresent();
    }

    @Test
    void acceptsTheRightPasswordAfterTheWait() {
        for (int i = 0; i < AFTER; i++) {
            login("alice", "wrong" + i);
        }
        pass(Duration.ofSeconds(1));

        assertThat(login("alice", "of the first")).isPresent();
        assertThat(login("alice", "wrong again")).as("counted from the start").isEmpty();
    }

    @Test
    void saysHowLongToWaitInWholeSecondsThatAreEnough() {
        for (int i = 0; i < AFTER + 2; i++) {
            login("alice", "wrong" + i);
            pass(Duration.ofSeconds(1L << Math.max(0, i + 1 - AFTER)));
        }
        login("alice", "wrong");
        pass(Duration.ofMillis(100));

        RegistryException.TooManyRequests refused = catchThrowableOfType(
                RegistryException.TooManyRequests.class, () -> login("alice", "of the first"));
        pass(Duration.ofSeconds(refused.retryAfterSeconds()));
        assertThat(login("alice", "of the first")).isPresent();
    }

    /** Nobody locks out who has logged in already. */
    @Test
    void whoIsRememberedDoesNotWaitForTheFailuresOfOthers() {
        login("alice", "of the first");
        for (int i = 0; i < AFTER; i++) {
            login("alice", "wrong" + i);
        }

        assertThat(login("alice", "of the first")).isPresent();
    }

    /** What is remembered must not answer one who guesses there more often than that. */
    @Test
    void whoIsRememberedWaitsTooAfterManyGuessesAtTheSameAddress() {
        login("alice", "of the first");
        for (int i = 0; i < AFTER; i++) {
            login("alice", "wrong" + i);
        }
        for (int i = 0; i < Brake.MOST_REFUSED; i++) {
            assertThat(login("alice", "of the first")).as("before guess %d", i).isPresent();
            String guess = "guess" + i;
            assertThatExceptionOfType(RegistryException.TooManyRequests.class)
                    .isThrownBy(() -> login("alice", guess));
        }

        assertThatExceptionOfType(RegistryException.TooManyRequests.class)
                .isThrownBy(() -> login("alice", "of the first"));
        pass(Duration.ofSeconds(1));
        assertThat(login("alice", "of the first")).as("after the wait").isPresent();
        assertThat(first.questions()).isEqualTo(1 + AFTER);
    }

    /** Who guesses elsewhere must not learn from an answer that is remembered which guess is right. */
    @Test
    void whoIsRememberedIsNotRememberedForOtherAddresses() {
        login("alice", "of the first");
        for (int i = 0; i < AFTER; i++) {
            assertThat(logins.login(shown("alice", "wrong" + i), AWAY)).isEmpty();
        }
        int asked = first.questions();

        assertThatExceptionOfType(RegistryException.TooManyRequests.class)
                .isThrownBy(() -> logins.login(shown("alice", "of the first"), AWAY));
        assertThat(first.questions()).isEqualTo(asked);
        assertThat(login("alice", "of the first")).as("where she logged in").isPresent();
    }

    @Test
    void checksAPasswordOnceForEachAddress() {
        login("alice", "of the first");
        logins.login(shown("alice", "of the first"), AWAY);
        logins.login(shown("alice", "of the first"), AWAY);

        assertThat(first.questions()).isEqualTo(2);
    }

    /** Machines change their addresses of IPv6 within it all the time. */
    @Test
    void checksAPasswordOnceForANetworkOfVersion6() {
        logins.login(shown("alice", "of the first"), "2001:db8:0:1::1");
        logins.login(shown("alice", "of the first"), "2001:db8:0:1:ffff::2");
        assertThat(first.questions()).isEqualTo(1);

        logins.login(shown("alice", "of the first"), "2001:db8:0:2::1");
        assertThat(first.questions()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " alice", "alice\0", "ali\nce", "\u202ealice", "al\u200bice"})
    void asksNobodyAboutWhatCannotBeAName(String name) {
        assertThat(login(name, "of the first")).isEmpty();

        assertThat(first.questions()).isZero();
        assertThat(postgres.column("select coalesce(reference, '') from audit_event")).containsExactly("");
    }

    @Test
    void auditsFailuresWithNameAndAddressAndWithoutThePassword() {
        login("alice", "a wrong password");
        login("bob", "secret");

        assertThat(failures()).isEqualTo(1);
        assertThat(postgres.column("select actor || ' ' || address || ' ' || reference from audit_event"))
                .containsExactly("anonymous 192.0.2.1 alice");
        assertThat(postgres.column("select id from audit_event where audit_event::text like '%password%'"))
                .isEmpty();
    }

    private int failures() {
        return postgres.column("select id from audit_event where act = 'login.failure'").size();
    }

    @Test
    void refreshesByWhoeverKnewAndRemembersThatAsLongAsALogin() {
        Identity bob = login("bob", "secret").orElseThrow();
        assertThat(logins.refresh(bob)).contains(bob);
        second.remove("bob");
        pass(CACHE.minusNanos(1));
        assertThat(logins.refresh(bob)).as("remembered").contains(bob);
        pass(Duration.ofNanos(1));
        assertThat(logins.refresh(bob)).as("gone").isEmpty();
    }

    @Test
    void refreshesNobodyWhoseWayOfLoggingInIsGone() {
        assertThat(logins.refresh(Identity.user("bob", Set.of(), "third"))).isEmpty();
        assertThat(logins.refresh(Identity.user("bob", Set.of(), ""))).isEmpty();
        assertThat(logins.refresh(Identity.user("bob", Set.of(), "first"))).as("of another way").isEmpty();
        assertThat(logins.refresh(Identity.ANONYMOUS)).contains(Identity.ANONYMOUS);
    }

    @Test
    void doesNotEndALoginBecauseItCannotTell() {
        Identity bob = login("bob", "secret").orElseThrow();
        second.setAway(true);
        assertThatExceptionOfType(RegistryException.Unavailable.class).isThrownBy(() -> logins.refresh(bob));
        second.setAway(false);

        assertThat(logins.refresh(bob)).as("not remembered").contains(bob);
    }
}
