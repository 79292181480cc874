package io.longshore.registry.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.jwt.TestClock;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokensTest {
    private static final Duration IDLE = Duration.ofDays(90);
    private static final Actor ADMIN = new Actor("user:admin", "192.0.2.1");
    private static final Identity ALICE = Identity.user("alice", Set.of("dev"), "ldap");
    private static final Identity ROBOT = new Identity(
            Subject.parse("robot:ci"), Set.of(), "users", "token 7",
            Optional.of(List.of(new Grant(RepositoryPattern.parse("team/**"), Set.of(Action.PULL)))));

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private TestDatabase postgres;
    private RefreshTokens tokens;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        tokens = tokens(Optional::of);
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    private RefreshTokens tokens(RefreshTokens.Recheck recheck) {
        return TestKeys.refreshTokens(postgres.database(), IDLE, recheck, clock);
    }

    private Secret create(Identity identity) {
        return tokens.create(identity, RefreshTokens.Use.TOKENS, "docker").orElseThrow();
    }

    private Optional<Identity> redeem(Secret token) {
        return tokens.redeem(token, RefreshTokens.Use.TOKENS);
    }

    private List<String> count() {
        return postgres.column("select count(*) from refresh_token");
    }

    @Test
    void aTokenIsGoodForWhoeverItWasGivenTo() {
        assertThat(redeem(create(ALICE))).contains(ALICE);
        assertThat(redeem(create(ROBOT))).contains(ROBOT);
    }

    @Test
    void itCanBeUsedAgainAndOnEveryNode() {
        Secret token = create(ALICE);

        assertThat(redeem(token)).contains(ALICE);
        assertThat(redeem(token)).contains(ALICE);
        assertThat(tokens(Optional::of).redeem(token, RefreshTokens.Use.TOKENS)).contains(ALICE);
    }

    @Test
    void noTwoAreTheSameAndTheTableHasNone() {
        Secret one = create(ALICE);
        Secret other = create(ALICE);

        assertThat(one).isNotEqualTo(other);
        assertThat(one.reveal()).matches("lsf_[A-Za-z0-9_-]{43}");
        assertThat(postgres.column("select octet_length(hash)::text from refresh_token")).containsExactly("32", "32");
        assertThat(postgres.column("select refresh_token::text from refresh_token"))
                .noneMatch(row -> row.contains(one.reveal().substring(4)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "lsf_", "lsf_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "lsf_' or true --", "lsf_\u0000", "eyJhbGciOiJub25lIn0.e30."
    })
    void whatIsNoneIsNobody(String text) {
        create(ALICE);

        assertThat(redeem(Secret.of(text))).isEmpty();
        assertThat(redeem(Secret.of(text.repeat(100_000)))).isEmpty();
    }

    /** What a client keeps to fetch tokens with must not open the administration in a browser, nor the other way. */
    @Test
    void oneIsGoodForTheUseAloneThatItWasGivenOutFor() {
        Secret session = tokens.create(ALICE, RefreshTokens.Use.BROWSER, "browser").orElseThrow();
        assertThat(tokens.redeem(session, RefreshTokens.Use.BROWSER)).contains(ALICE);
        assertThat(redeem(session)).isEmpty();
        assertThat(redeem(Secret.of(session.reveal().replace("lsb_", "lsf_")))).isEmpty();

        Secret token = create(ALICE);
        assertThat(tokens.redeem(token, RefreshTokens.Use.BROWSER)).isEmpty();
        assertThat(tokens.redeem(Secret.of(token.reveal().replace("lsf_", "lsb_")), RefreshTokens.Use.BROWSER)).isEmpty();
    }

    @Test
    void anonymousGetsNone() {
        assertThat(tokens.create(Identity.ANONYMOUS, RefreshTokens.Use.TOKENS, "docker")).isEmpty();
        assertThat(count()).containsExactly("0");
    }

    @Test
    void whereTheyAreSwitchedOffNobodyGetsOneAndOldOnesEnd() {
        Secret token = create(ALICE);
        RefreshTokens off = TestKeys.refreshTokens(postgres.database(), Duration.ZERO, Optional::of, clock);

        assertThat(off.create(ALICE, RefreshTokens.Use.TOKENS, "docker")).isEmpty();
        assertThat(off.redeem(token, RefreshTokens.Use.TOKENS)).isEmpty();
    }

    @Test
    void browsersAreLoggedInWhereClientsGetNone() {
        RefreshTokens off = TestKeys.refreshTokens(postgres.database(), Duration.ZERO, Optional::of, clock);
        Secret session = off.create(ALICE, RefreshTokens.Use.BROWSER, "browser").orElseThrow();

        clock.advance(Duration.ofHours(11));
        assertThat(off.deleteUnused()).isZero();
        assertThat(off.redeem(session, RefreshTokens.Use.BROWSER)).contains(ALICE);
        clock.advance(Duration.ofHours(12));
        assertThat(off.redeem(session, RefreshTokens.Use.BROWSER)).isEmpty();
        assertThat(off.deleteUnused()).isEqualTo(1);
    }

    @Test
    void aBrowserThatLiesUnusedIsLoggedOutLongBeforeAClient() {
        Secret session = tokens.create(ALICE, RefreshTokens.Use.BROWSER, "browser").orElseThrow();
        Secret token = create(ALICE);

        clock.advance(Duration.ofHours(12));
        assertThat(tokens.redeem(session, RefreshTokens.Use.BROWSER)).isEmpty();
        assertThat(redeem(token)).contains(ALICE);
    }

    @Test
    void oneThatLiesUnusedEnds() {
        Secret token = create(ALICE);

        clock.advance(IDLE.minusSeconds(1));
        assertThat(redeem(token)).contains(ALICE);
        clock.advance(IDLE.minusSeconds(1));
        assertThat(redeem(token)).as("used in the meantime").contains(ALICE);
        clock.advance(IDLE);
        assertThat(redeem(token)).isEmpty();
        assertThat(tokens.deleteUnused()).isEqualTo(1);
        assertThat(count()).containsExactly("0");
    }

    @Test
    void oneThatIsInUseDoesNotEndHoweverSoonItWouldUnused() {
        tokens = TestKeys.refreshTokens(postgres.database(), Duration.ofHours(1), Optional::of, clock);
        Secret token = create(ALICE);

        for (int tenMinutes = 1; tenMinutes <= 24; tenMinutes++) {
            clock.advance(Duration.ofMinutes(10));
            assertThat(redeem(token)).contains(ALICE);
        }
        clock.advance(Duration.ofHours(1));
        assertThat(redeem(token)).isEmpty();
    }

    @Test
    void saysToTheHourWhenOneWasUsed() {
        Secret token = create(ALICE);
        String used = "select to_char(used_at at time zone 'UTC', 'HH24:MI') from refresh_token";

        clock.advance(Duration.ofMinutes(59));
        redeem(token);
        assertThat(postgres.column(used)).containsExactly("00:00");
        clock.advance(Duration.ofMinutes(2));
        redeem(token);
        assertThat(postgres.column(used)).containsExactly("01:01");
    }

    @Test
    void aStolenOneIsOfNoUseOnceItsSubjectsAreRevoked() {
        Secret stolen = create(ALICE);
        Secret other = create(ALICE);
        Secret robots = create(ROBOT);

        assertThat(tokens.revoke(ADMIN, ALICE.subject())).isEqualTo(2);

        assertThat(redeem(stolen)).isEmpty();
        assertThat(redeem(other)).isEmpty();
        assertThat(redeem(robots)).contains(ROBOT);
        assertThat(postgres.column("select act || ' ' || reference || ' ' || detail from audit_event"))
                .containsExactly("refreshtoken.revoke user:alice 2 revoked");
    }

    @Test
    void isNoLongerGoodThanTheCredentialsThatItWasGivenOutFor() {
        Secret token = create(ROBOT);

        assertThat(tokens(identity -> Optional.empty()).redeem(token, RefreshTokens.Use.TOKENS)).isEmpty();
        assertThat(tokens(identity -> {
            assertThat(identity).isEqualTo(ROBOT);
            return Optional.of(ALICE);
        }).redeem(token, RefreshTokens.Use.TOKENS)).contains(ALICE);
    }

    @Test
    void saysIfItCannotBeToldNow() {
        Secret token = create(ALICE);

        assertThatThrownBy(() -> tokens(identity -> {
            throw new RegistryException.Unavailable("the directory does not answer");
        }).redeem(token, RefreshTokens.Use.TOKENS)).isInstanceOf(RegistryException.Unavailable.class);
    }

    @Test
    void clientsThatAskForOneAtEachRunPushOutTheirOwnOnly() {
        Secret docker = create(ALICE);
        Secret first = tokens.create(ALICE, RefreshTokens.Use.TOKENS, "crane").orElseThrow();
        for (int i = 0; i < RefreshTokens.MOST_OF_CLIENT; i++) {
            clock.advance(Duration.ofSeconds(1));
            tokens.create(ALICE, RefreshTokens.Use.TOKENS, "crane");
        }

        assertThat(count()).containsExactly(Integer.toString(RefreshTokens.MOST_OF_CLIENT + 1));
        assertThat(redeem(docker)).contains(ALICE);
        assertThat(redeem(first)).isEmpty();
    }

    @Test
    void nobodyFillsTheTableUnderManyNames() {
        postgres.run("""
                insert into refresh_token (hash, subject, source, credential, groups, client)
                select sha256(i::text::bytea), 'user:alice', 'ldap', '', '{}', i::text from generate_series(1, %d) i"""
                .formatted(RefreshTokens.MOST_OF_SUBJECT));
        create(ALICE);
        create(ROBOT);

        assertThat(count()).containsExactly(Integer.toString(RefreshTokens.MOST_OF_SUBJECT + 1));
    }

    @Test
    void keepsWhatAClientCallsItselfFitToBeShown() {
        tokens.create(ALICE, RefreshTokens.Use.TOKENS, "a\u0000b\nc\ud83d é" + "x".repeat(1000));

        assertThat(postgres.column("select client from refresh_token")).singleElement().asString()
                .hasSize(64)
                .startsWith("a?b?c? ?xxx");
    }

    @Test
    void groupsThatNobodyCouldBeInAreLeftOut() {
        Identity odd = Identity.user("bob", Set.of("dev", "no\u0000name", ""), "ldap");

        assertThat(redeem(create(odd))).contains(Identity.user("bob", Set.of("dev"), "ldap"));
    }
}
