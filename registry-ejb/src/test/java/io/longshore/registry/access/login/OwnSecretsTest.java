package io.longshore.registry.access.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RegistryException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins by secrets that say themselves whose they are. */
class OwnSecretsTest {
    private static final String HOME = "192.0.2.1";
    private static final String GOOD = KnownSecrets.FORM + "good";
    private static final String OLD = KnownSecrets.FORM + "replaced";
    private static final int AFTER = 3;

    private final TestDatabase database = TestDatabase.fresh();
    private final AtomicLong nanos = new AtomicLong();
    private final KnownSecrets robots = new KnownSecrets().with(GOOD);
    private final KnownUsers directory = new KnownUsers("directory").with("alice", "of alice");
    private final LoginService logins = new LoginService(
            new Chain(List.of(robots), List.of(directory)), new Audit(database.database()), Duration.ofMinutes(1),
            AFTER, Duration.ofMinutes(1), nanos::get);

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private Optional<Identity> login(String user, String password) {
        return logins.login(new Credentials.Password(user, Secret.of(password)), HOME);
    }

    private List<String> failures() {
        return database.column("select coalesce(reference, '') || ' ' || address || ' ' || detail from audit_event");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ci", "whoever", " ", "al\nice"})
    void takesThemWithAnyUserName(String user) {
        assertThat(login(user, GOOD).orElseThrow().subject()).hasToString("robot:ci");
    }

    @Test
    void remembersThemWhateverNameAndAddressTheyComeWith() {
        login("ci", GOOD);
        login("", GOOD);
        logins.login(new Credentials.Password("ci", Secret.of(GOOD)), "198.51.100.7");

        assertThat(robots.questions()).isEqualTo(1);
    }

    /** It would be a wrong password there, and lock the user out. */
    @Test
    void showsOneThatIsNobodysToNobodyElse() {
        directory.with("alice", OLD);

        assertThat(login("alice", OLD)).isEmpty();
        assertThat(directory.questions()).isZero();
    }

    @Test
    void showsPasswordsToNobodyWhoKnowsSecretsAlone() {
        assertThat(login("alice", "of alice")).isPresent();
        assertThat(robots.questions()).isZero();
    }

    @Test
    void whoWasLeftWithAnOldOneMakesNobodyWait() {
        for (int i = 0; i < 100 * AFTER; i++) {
            assertThat(login("alice", OLD)).isEmpty();
        }

        assertThat(login("alice", GOOD)).isPresent();
        assertThat(login("alice", "of alice")).isPresent();
        assertThat(login("bob", "wrong")).isEmpty();
    }

    @Test
    void doNotWaitForThoseWhoGuessPasswords() {
        for (int i = 0; i < AFTER; i++) {
            login("alice", "wrong" + i);
        }

        assertThat(login("alice", GOOD)).isPresent();
        assertThatExceptionOfType(RegistryException.TooManyRequests.class)
                .isThrownBy(() -> login("alice", "of alice"));
    }

    @Test
    void auditsOneThatIsNobodysWithTheNameIfItIsOne() {
        login("ci", OLD);
        login("al\nice", OLD);

        assertThat(failures()).containsExactly(
                "ci 192.0.2.1 the secret of no robot or token", " 192.0.2.1 the secret of no robot or token");
    }

    @Test
    void auditsTheFirstOfANetworkInEachMinute() {
        for (int i = 0; i < 3 * LoginAudit.MOST_SECRETS; i++) {
            login("ci" + i, OLD);
        }
        assertThat(failures()).hasSize(LoginAudit.MOST_SECRETS);

        logins.login(new Credentials.Password("ci", Secret.of(OLD)), "198.51.100.7");
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        login("ci", OLD);
        assertThat(failures()).hasSize(LoginAudit.MOST_SECRETS + 2);
    }
}
