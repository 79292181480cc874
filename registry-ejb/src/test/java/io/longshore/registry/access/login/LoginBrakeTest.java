package io.longshore.registry.access.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.CertificateAuthority;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That guessing is slow, however somebody goes about it. */
class LoginBrakeTest {
    private static final String HERE = "192.0.2.1";
    private static final String THERE = "198.51.100.7";
    private static final int AFTER = 3;
    /** A robot's, which is taken with any name. */
    private static final String SECRET = "a robot's secret";

    private final TestDatabase database = TestDatabase.fresh();
    private final Known known = new Known();
    private final LoginService logins = new LoginService(
            new Chain(List.of(), List.of(known)), new Audit(database.database()), Duration.ofMinutes(1), AFTER,
            Duration.ofMinutes(1), () -> 0);

    /** Knows users whose password is their name backwards, however they write it, and a robot. */
    private static final class Known implements Authenticator {
        final AtomicInteger asked = new AtomicInteger();
        CountDownLatch answering = new CountDownLatch(0);

        @Override
        public Optional<Identity> authenticate(Credentials credentials) throws IOException {
            asked.incrementAndGet();
            try {
                answering.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (!(credentials instanceof Credentials.Password shown)) {
                return Optional.empty();
            }
            if (shown.password().reveal().equals(SECRET)) {
                Subject robot = new Subject(Subject.Kind.ROBOT, "ci");
                return Optional.of(new Identity(robot, Set.of(), name(), "", Optional.empty()));
            }
            boolean right = new StringBuilder(shown.user()).reverse().toString().equals(shown.password().reveal());
            return right ? Optional.of(Identity.user(shown.user(), Set.of(), name())) : Optional.empty();
        }

        @Override
        public String name() {
            return "known";
        }
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private static Credentials shown(String user, String password) {
        return new Credentials.Password(user, Secret.of(password));
    }

    private void fail(String user, int times, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(logins.login(shown(user, "wrong " + address + i), address)).isEmpty();
        }
    }

    private void assertWaits(String user, String address) {
        assertThatThrownBy(() -> logins.login(shown(user, "another"), address))
                .isInstanceOf(RegistryException.TooManyRequests.class);
    }

    private List<String> failures() {
        return database.column("select reference from audit_event where act = 'login.failure'");
    }

    @Test
    void ofAnAccountTenTimesAsManyCountHoweverItIsWritten() {
        for (int i = 0; i < 10 * AFTER; i++) {
            fail(i % 2 == 0 ? "alice" : "ALICE", 1, "192.0.2." + i);
        }

        assertWaits("Alice", THERE);
    }

    @Test
    void whoGetsInBeginsAnew() {
        fail("alice", AFTER - 1, HERE);
        assertThat(logins.login(shown("alice", "ecila"), HERE)).isPresent();

        fail("alice", AFTER, HERE);
        assertWaits("alice", HERE);
    }

    @Test
    void aSecretThatIsTakenWithAnyNameDoesNotLetGuessAtThatNameAgain() {
        fail("alice", AFTER - 1, HERE);
        assertThat(logins.login(shown("alice", SECRET), HERE)).isPresent();

        fail("alice", 1, HERE);
        assertWaits("alice", HERE);
    }

    @Test
    void manyAtOnceGuessNoMoreThanThereAreTurns() throws Exception {
        known.answering = new CountDownLatch(1);
        int guesses = 100;
        List<Thread> threads = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(guesses, task -> {
            Thread thread = new Thread(task);
            threads.add(thread);
            return thread;
        });
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < guesses; i++) {
                String guess = "guess " + i;
                all.add(executor.submit(() -> logins.login(shown("alice", guess), HERE)));
            }
            for (Thread thread : threads) {
                while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
            }
            int turns = known.asked.get();
            assertThat(turns).isLessThan(guesses);

            known.answering.countDown();
            executor.shutdown();
            for (Future<?> each : all) {
                try {
                    each.get();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(RegistryException.TooManyRequests.class);
                }
            }
            assertThat(known.asked.get()).isLessThan(turns + AFTER);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void namesThatCannotBeAreBrakedToo() {
        for (int i = 0; i < 4 * AFTER; i++) {
            assertThat(logins.login(shown("al\nice", "ecila"), HERE)).isEmpty();
        }

        assertWaits("al\nice", HERE);
        assertThat(logins.login(shown("al\nice", "ecila"), THERE)).isEmpty();
        assertThat(known.asked).hasValue(0);
        assertThat(failures()).hasSize(4 * AFTER + 1);
    }

    @Test
    void loginsOfOtherWaysAreBrakedByAddressAndAudited() {
        LoginService.Proof nobody = Optional::empty;
        for (int i = 0; i < 4 * AFTER; i++) {
            assertThat(logins.login(nobody, "with a browser", HERE)).isEmpty();
        }

        assertThatThrownBy(() -> logins.login(nobody, "with a browser", HERE))
                .isInstanceOf(RegistryException.TooManyRequests.class);
        Identity alice = Identity.user("alice", Set.of(), "oidc");
        assertThat(logins.login(() -> Optional.of(alice), "with a browser", THERE)).contains(alice);
        assertThat(database.column("select distinct detail from audit_event")).containsExactly("with a browser");
    }

    @Test
    void loginsOfOtherWaysSayWhenTheyCannotTell() {
        assertThatThrownBy(() -> logins.login(
                        () -> {
                            throw new IOException("nobody answers");
                        },
                        "with a browser",
                        HERE))
                .isInstanceOf(RegistryException.Unavailable.class);
        assertThat(failures()).isEmpty();
    }

    /** Whoever sits down at a browser that is logged in can try. */
    @Test
    void whoConfirmsAPasswordGuessesNoFasterThanWhoLogsIn() {
        Identity alice = Identity.user("alice", Set.of(), "users");
        assertThat(logins.confirm(alice, HERE, "the old password", () -> true)).isTrue();
        for (int i = 0; i < AFTER; i++) {
            assertThat(logins.confirm(alice, HERE, "the old password", () -> false)).isFalse();
        }

        assertThatThrownBy(() -> logins.confirm(alice, HERE, "the old password", () -> {
                    throw new AssertionError("asked");
                }))
                .isInstanceOfSatisfying(RegistryException.TooManyRequests.class, refused ->
                        assertThat(refused.retryAfterSeconds()).isEqualTo(1));
        assertWaits("alice", HERE);
        assertThat(database.column("select reference || ' ' || address || ' ' || detail from audit_event"))
                .hasSize(AFTER)
                .containsOnly("alice " + HERE + " the old password");
    }

    @Test
    void whoConfirmsThePasswordBeginsAnew() {
        fail("alice", AFTER - 1, HERE);
        logins.confirm(Identity.user("alice", Set.of(), "users"), HERE, "the old password", () -> true);

        fail("alice", AFTER, HERE);
        assertWaits("alice", HERE);
    }

    @Test
    void aCertificateThatIsNobodysIsAskedAboutOnceAndMakesNobodyWait() {
        Credentials certificate =
                new Credentials.Certificate(new CertificateAuthority().issue("CN=printer").certificate());

        for (int i = 0; i < 10 * AFTER; i++) {
            assertThat(logins.login(certificate, HERE)).isEmpty();
        }

        assertThat(logins.login(certificate, THERE)).isEmpty();

        assertThat(known.asked).hasValue(1);
        assertThat(failures()).containsExactly("CN=printer");
        assertThat(logins.login(shown("alice", "ecila"), HERE)).isPresent();
    }
}
