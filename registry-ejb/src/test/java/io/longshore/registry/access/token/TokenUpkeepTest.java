package io.longshore.registry.access.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.jwt.TestClock;
import io.longshore.registry.database.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenUpkeepTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private TestDatabase postgres;
    private SigningKeys keys;
    private RefreshTokens refreshTokens;
    private TokenUpkeep upkeep;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        keys = TestKeys.node(postgres.database(), TestKeys.SETTINGS, clock);
        refreshTokens = TestKeys.refreshTokens(postgres.database(), Duration.ofDays(90), Optional::of, clock);
        upkeep = new TokenUpkeep(postgres.database(), keys, refreshTokens);
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void makesTheNextKeyWithoutAnyRequest() {
        upkeep.run();
        clock.advance(TestKeys.ROTATION.minus(TestKeys.NOTICE));
        upkeep.run();

        assertThat(postgres.column("select kid from signing_key")).hasSize(2);
    }

    @Test
    void deletesRefreshTokensThatNobodyUsedOnceAnHour() {
        refreshTokens.create(Identity.user("alice", Set.of(), "ldap"), RefreshTokens.Use.TOKENS, "docker");
        clock.advance(Duration.ofDays(91));
        upkeep.run();
        assertThat(postgres.column("select count(*) from refresh_token")).containsExactly("0");

        refreshTokens.create(Identity.user("alice", Set.of(), "ldap"), RefreshTokens.Use.TOKENS, "docker");
        clock.advance(Duration.ofDays(91));
        upkeep.run();
        assertThat(postgres.column("select count(*) from refresh_token")).containsExactly("1");
    }
}
