package io.longshore.registry.access.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.access.jwt.TestClock;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.database.Crowd;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.FaultyLine;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.storage.contract.Workers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys of several nodes over one database. Each node has its clock, so that one can be late. */
class SigningKeysTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Actor ADMIN = new Actor("user:admin", "192.0.2.1");

    private final TestClock clock = new TestClock(START);
    private TestDatabase postgres;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    private SigningKeys node() {
        return node(TestKeys.SETTINGS);
    }

    private SigningKeys node(TokenSettings settings) {
        SigningKeys node = TestKeys.node(postgres.database(), settings, clock);
        node.reload();
        return node;
    }

    private void goTo(Instant time) {
        clock.advance(Duration.between(clock.instant(), time));
    }

    private List<String> kids() {
        return postgres.column("select kid from signing_key order by signs_from");
    }

    @Test
    void theFirstNodeMakesAKeyAndTheOthersSignWithIt() {
        SigningKeys one = node();
        SigningKeys other = node();

        assertThat(kids()).containsExactly(one.signer().kid());
        assertThat(other.signer().kid()).isEqualTo(one.signer().kid());
        assertThat(other.find(one.signer().kid())).isPresent();
    }

    @Test
    void nodesThatStartAtOnceMakeOneKey() throws Exception {
        Set<String> made = ConcurrentHashMap.newKeySet();
        Workers.run(8, index ->
                made.add(TestKeys.node(postgres.database(), TestKeys.SETTINGS, clock).signer().kid()));

        assertThat(made).hasSize(1);
        assertThat(kids()).containsExactlyElementsOf(made);
    }

    @Test
    void publishesTheNextKeyADayBeforeItSigns() {
        SigningKeys node = node();
        String first = node.signer().kid();

        goTo(START.plus(TestKeys.ROTATION).minus(TestKeys.NOTICE).minus(SECOND));
        node.reload();
        assertThat(kids()).containsExactly(first);

        clock.advance(SECOND);
        node.reload();
        assertThat(kids()).hasSize(2).startsWith(first);
        assertThat(node.published()).contains(kids());
        assertThat(node.signer().kid()).isEqualTo(first);

        clock.advance(TestKeys.NOTICE.minus(SECOND));
        assertThat(node.signer().kid()).isEqualTo(first);
        clock.advance(SECOND);
        assertThat(node.signer().kid()).isEqualTo(kids().get(1));
    }

    @Test
    void severalNodesMakeOneSuccessor() {
        SigningKeys one = node();
        SigningKeys other = node();
        goTo(START.plus(TestKeys.ROTATION).minus(TestKeys.NOTICE));
        one.reload();
        other.reload();

        assertThat(kids()).hasSize(2);
    }

    @Test
    void believesAKeyUntilItsLastTokenHasExpiredAndForgetsThePrivateOneBefore() {
        SigningKeys node = node(TestKeys.withLifetime(Duration.ofHours(1)));
        String first = node.signer().kid();
        goTo(START.plus(TestKeys.ROTATION).minus(TestKeys.NOTICE));
        node.reload();

        goTo(START.plus(TestKeys.ROTATION).plus(Duration.ofMinutes(6)));
        node.reload();
        assertThat(postgres.column("select kid from signing_key where private_key is null")).containsExactly(first);
        goTo(START.plus(TestKeys.ROTATION).plus(Duration.ofHours(1)).plusSeconds(60));
        node.reload();
        assertThat(node.find(first)).isPresent();
        assertThat(node.published()).contains(first);

        clock.advance(Duration.ofMinutes(5));
        node.reload();
        assertThat(node.find(first)).isEmpty();
        assertThat(node.published()).doesNotContain(first);
        assertThat(kids()).hasSize(1).doesNotContain(first);
    }

    @Test
    void waitsForTokensOfANodeThatMakesThemLongerLived() {
        SigningKeys node = node();
        String first = node.signer().kid();
        node(TestKeys.withLifetime(Duration.ofHours(24)));
        node(TestKeys.withLifetime(Duration.ofMinutes(1)));
        assertThat(postgres.column("select longest_token_seconds from signing_key")).containsExactly("86400");

        goTo(START.plus(TestKeys.ROTATION).minus(TestKeys.NOTICE));
        node.reload();
        goTo(START.plus(TestKeys.ROTATION).plus(Duration.ofHours(24)));
        node.reload();

        assertThat(node.find(first)).isPresent();
    }

    @Test
    void makesAKeyThatSignsAtOnceWhereNoneDoesAnyMore() {
        SigningKeys node = node();
        String first = node.signer().kid();
        goTo(START.plus(TestKeys.ROTATION).plus(Duration.ofDays(300)));

        assertThat(node.signer().kid()).isNotEqualTo(first);
        assertThat(kids()).containsExactly(node.signer().kid());
    }

    @Test
    void aRotationThatIsMadeShorterEndsTheKeyWithNotice() {
        String first = node().signer().kid();
        clock.advance(Duration.ofDays(10));
        SigningKeys node = node(TestKeys.withRotation(Duration.ofDays(2)));

        assertThat(node.signer().kid()).isEqualTo(first);
        assertThat(kids()).hasSize(2);
        clock.advance(Duration.ofHours(12));
        assertThat(node.signer().kid()).isEqualTo(kids().get(1));
    }

    @Test
    void rotatesByHandAndNobodyIsLoggedOut() {
        SigningKeys node = node();
        SigningKeys other = node();
        String first = node.signer().kid();
        clock.advance(Duration.ofDays(1));

        assertThat(node.rotate(ADMIN)).isEqualTo(clock.instant().plus(SigningKeys.SHORT_NOTICE));

        assertThat(node.signer().kid()).isEqualTo(first);
        clock.advance(SigningKeys.SHORT_NOTICE);
        other.reload();
        assertThat(node.signer().kid()).isNotEqualTo(first);
        assertThat(other.signer().kid()).isEqualTo(node.signer().kid());
        assertThat(other.find(first)).isPresent();
        assertThat(postgres.column("select act || ' ' || actor from audit_event"))
                .containsExactly("key.rotate user:admin");
    }

    @Test
    void rotatingTwiceMakesOneKey() {
        SigningKeys node = node();
        Instant from = node.rotate(ADMIN);
        clock.advance(Duration.ofMinutes(1));

        assertThat(node.rotate(ADMIN)).isEqualTo(from);
        assertThat(kids()).hasSize(2);
    }

    @Test
    void rotatingByHandTakesTheKeyThatWaits() {
        SigningKeys node = node();
        goTo(START.plus(TestKeys.ROTATION).minus(TestKeys.NOTICE));
        node.reload();
        List<String> before = kids();

        node.rotate(ADMIN);

        assertThat(kids()).isEqualTo(before);
        clock.advance(SigningKeys.SHORT_NOTICE);
        assertThat(node.signer().kid()).isEqualTo(before.get(1));
    }

    @Test
    void aRevokedKeyIsBelievedNoMoreAndAnotherSignsAtOnce() {
        SigningKeys node = node();
        SigningKeys other = node();
        String first = node.signer().kid();

        assertThat(node.revoke(ADMIN, first)).isTrue();

        assertThat(node.signer().kid()).isNotEqualTo(first);
        assertThat(node.find(first)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        other.reload();
        assertThat(other.find(first)).isEmpty();
        assertThat(other.signer().kid()).isEqualTo(node.signer().kid());
        assertThat(postgres.column("select act || ' ' || reference from audit_event"))
                .containsExactly("key.revoke " + first);
    }

    @Test
    void revokingAKeyThatIsNotThereChangesNothing() {
        SigningKeys node = node();

        assertThat(node.revoke(ADMIN, "../" + node.signer().kid())).isFalse();
        assertThat(kids()).containsExactly(node.signer().kid());
        assertThat(postgres.column("select act from audit_event")).isEmpty();
    }

    @Test
    void findsAKeyThatAnotherNodeMadeAMomentAgoAndDoesNotLookForEveryStrangeOne() {
        SigningKeys node = node();
        clock.advance(SECOND);
        SigningKeys stranger = node(TestKeys.withSecret("another"));
        String made = stranger.signer().kid();

        assertThat(node.find(made)).isPresent();
        assertThat(node.find("no such key")).isEmpty();
        postgres.run("alter table signing_key rename to hidden");
        assertThat(node.find("no such key")).isEmpty();
        assertThat(node.find("' or true --")).isEmpty();
        postgres.run("alter table hidden rename to signing_key");
    }

    @Test
    void aDatabaseThatIsAwayIsTriedOnceForAllWhoWait() throws Exception {
        try (FaultyLine line = new FaultyLine(TestDatabase.port());
                Database remote = postgres.over(line);
                Crowd crowd = new Crowd(20)) {
            line.cut();
            AtomicInteger attempts = new AtomicInteger();
            Clock counting = new TestClock(START) {
                @Override
                public Instant instant() {
                    attempts.incrementAndGet();
                    crowd.holdTheFirst();
                    return super.instant();
                }
            };
            SigningKeys node = TestKeys.node(remote, TestKeys.SETTINGS, counting);
            crowd.ask(() -> node.find("of another node"));

            assertThat(crowd.failures()).hasSize(20).allMatch(RegistryException.Unavailable.class::isInstance);
            assertThat(attempts).hasValue(1);
        }
    }
}
