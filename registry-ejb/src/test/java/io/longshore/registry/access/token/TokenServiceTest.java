package io.longshore.registry.access.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.longshore.registry.access.BearerToken;
import io.longshore.registry.access.GrantedPermissions;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.Permissions;
import io.longshore.registry.access.jwt.ClaimedPermissions;
import io.longshore.registry.access.jwt.FileKeys;
import io.longshore.registry.access.jwt.Issuer;
import io.longshore.registry.access.jwt.JwtClaims;
import io.longshore.registry.access.jwt.JwtVerifier;
import io.longshore.registry.access.jwt.TestClock;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Subject;
import io.longshore.registry.permission.Visibility;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenServiceTest {
    private static final TokenAccess NOTHING = new TokenAccess(Map.of(), Optional.empty());
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Actor ADMIN = new Actor("user:admin", "192.0.2.1");
    private static final Identity ALICE = Identity.user("alice", Set.of("dev"), "ldap");
    private static final Identity ROBOT = new Identity(
            Subject.parse("robot:ci"), Set.of(), "users", "token 7",
            Optional.of(List.of(
                    new Grant(RepositoryPattern.parse("team/**"), Set.of(Action.PULL, Action.PUSH)),
                    new Grant(RepositoryPattern.ALL, Set.of(Action.ADMIN)))));

    private final TestClock clock = new TestClock(START);
    private TestDatabase postgres;
    private SigningKeys keys;
    private TokenService tokens;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        keys = TestKeys.node(postgres.database(), TestKeys.SETTINGS, clock);
        tokens = tokens(TestKeys.SETTINGS, keys);
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    private TokenService tokens(TokenSettings settings, SigningKeys keys) {
        RefreshTokens refresh =
                TestKeys.refreshTokens(postgres.database(), settings.refreshIdle(), Optional::of, clock);
        return new TokenService(settings, keys, refresh, new TeamRules(), clock);
    }

    /** Everybody may pull everything, the group dev push into team/, and admin everything. */
    private static final class TeamRules implements Rights {
        @Override
        public Permissions of(Identity identity) {
            Grant all = new Grant(RepositoryPattern.ALL, Set.of(Action.PULL));
            Grant team = new Grant(RepositoryPattern.parse("team/**"), Set.of(Action.PUSH, Action.DELETE));
            return new GrantedPermissions(
                    List.of(all), granted(identity, team), identity.limits());
        }

        private static List<Grant> granted(Identity identity, Grant team) {
            if (identity.subject().name().equals("admin")) {
                return List.of(new Grant(RepositoryPattern.ALL, Set.of(Action.ADMIN)));
            }
            return identity.groups().contains("dev") ? List.of(team) : List.of();
        }

        @Override
        public boolean areForGroup(String group) {
            return group.equals("dev");
        }
    }

    private static TokenAccess scopes(String... scopes) {
        return Scopes.parse(List.of(scopes)).orElseThrow();
    }

    private Secret token(Identity identity, String... scopes) {
        return tokens.issue(identity, scopes(scopes)).token();
    }

    @Test
    void aTokenSaysWhatDockersRegistriesExpect() throws Exception {
        SignedJWT token = SignedJWT.parse(
                token(ALICE, "repository:team/app:pull,push registry:catalog:*").reveal());

        assertThat(token.getHeader().toJSONObject())
                .containsExactlyInAnyOrderEntriesOf(Map.of("typ", "JWT", "alg", "ES256", "kid", keys.signer().kid()));
        Map<String, Object> claims = token.getJWTClaimsSet().toJSONObject();
        assertThat((String) claims.remove("jti")).hasSize(20);
        assertThat(claims).containsExactlyInAnyOrderEntriesOf(Map.of(
                "iss", "longshore",
                "sub", "user:alice",
                "aud", "registry.example.com",
                "iat", START.getEpochSecond(),
                "nbf", START.getEpochSecond(),
                "exp", START.getEpochSecond() + 300,
                "src", "ldap",
                "grp", List.of("dev"),
                "access", List.of(
                        Map.of("type", "repository", "name", "team/app", "actions", List.of("pull", "push")),
                        Map.of("type", "registry", "name", "catalog", "actions", List.of("pull")))));
    }

    @Test
    void isGoodForNoMoreThanTheRulesAllow() {
        IssuedToken issued = tokens.issue(ALICE, scopes("repository:team/app:*", "repository:other:pull,push"));

        assertThat(Scopes.format(issued.access()))
                .isEqualTo("repository:team/app:pull,push,delete repository:other:pull");
        BearerToken token = tokens.verify(issued.token()).orElseThrow();
        assertThat(token.issuer()).isEqualTo(BearerToken.Issuer.REGISTRY);
        assertThat(token.claims())
                .isEqualTo(new ClaimedPermissions(issued.access().repositories(), false));
        assertThat(issued.refreshToken()).isEmpty();
    }

    @Test
    void whoMayDoNothingOfWhatIsAskedGetsATokenForNothing() {
        Secret token = token(Identity.ANONYMOUS, "repository:team/app:push");

        assertThat(tokens.verify(token)).contains(new BearerToken(
                Identity.ANONYMOUS, ClaimedPermissions.NONE, BearerToken.Issuer.REGISTRY));
    }

    @Test
    void theCatalogIsListedWithATokenThatWasAskedForIt() {
        Identity admin = Identity.user("admin", Set.of(), "ldap");

        assertThat(tokens.verify(token(ALICE, "registry:catalog:*")).orElseThrow().claims().visible())
                .isEqualTo(Visibility.ALL);
        assertThat(tokens.verify(token(admin, "registry:catalog:*")).orElseThrow().claims().visible())
                .isEqualTo(Visibility.ALL);
        assertThat(tokens.verify(token(ALICE, "repository:a:pull")).orElseThrow().claims().visible())
                .isEqualTo(Visibility.NONE);
    }

    @Test
    void knowsWhoFetchedItWithEverythingThatMatters() {
        assertThat(tokens.verify(token(ALICE)).orElseThrow().identity()).isEqualTo(ALICE);
        assertThat(tokens.verify(token(ROBOT)).orElseThrow().identity()).isEqualTo(ROBOT);
    }

    @Test
    void hundredsOfGroupsDoNotMakeItLarge() {
        Set<String> groups = new HashSet<>(Set.of("dev"));
        for (int i = 0; i < 1000; i++) {
            groups.add("cn=group " + i + ",ou=groups,dc=example,dc=com");
        }
        Secret token = token(Identity.user("alice", groups, "ldap"), "repository:team/app:pull,push");

        assertThat(token.reveal()).hasSizeLessThan(800);
        assertThat(tokens.verify(token).orElseThrow().identity()).isEqualTo(ALICE);
    }

    @Test
    void isAcceptedUntilItExpiresAndAMinuteMore() {
        Secret token = token(ALICE);

        clock.advance(TestKeys.LIFETIME.plusSeconds(59));
        assertThat(tokens.verify(token)).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    void everyNodeAcceptsItAlsoWithAKeyThatIsNew() {
        SigningKeys otherKeys = TestKeys.node(postgres.database(), TestKeys.SETTINGS, clock);
        TokenService other = tokens(TestKeys.SETTINGS, otherKeys);

        assertThat(other.verify(token(ALICE))).isPresent();
        keys.revoke(ADMIN, keys.signer().kid());
        clock.advance(Duration.ofSeconds(2));
        assertThat(other.verify(token(ALICE))).isPresent();
    }

    private static String header(Secret token) {
        return token.reveal().split("\\.")[0];
    }

    @Test
    void outlivesARotation() {
        keys.signer();
        clock.advance(TestKeys.ROTATION.minus(TestKeys.NOTICE));
        keys.reload();
        clock.advance(TestKeys.NOTICE.minusSeconds(1));
        Secret old = token(ALICE);
        clock.advance(Duration.ofSeconds(1));
        keys.reload();

        assertThat(header(token(ALICE))).isNotEqualTo(header(old));
        clock.advance(TestKeys.LIFETIME.minusSeconds(2));
        keys.reload();
        assertThat(tokens.verify(old)).isPresent();
    }

    @Test
    void oneOfARevokedKeyIsRefusedAMinuteLater() {
        Secret token = token(ALICE);
        assertThat(tokens.verify(token)).isPresent();

        keys.revoke(ADMIN, keys.signer().kid());
        clock.advance(Duration.ofMinutes(1));

        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    void oneForAnotherServiceOrOfAnotherIssuerIsRefused() {
        TokenSettings own = TestKeys.SETTINGS;
        TokenSettings service = new TokenSettings(
                own.issuer(), "other.example.com", own.lifetime(), own.refreshIdle(), own.keyRotation(),
                own.keySecret());
        TokenSettings issuer = new TokenSettings(
                "other", own.service(), own.lifetime(), own.refreshIdle(), own.keyRotation(), own.keySecret());

        assertThat(tokens(service, keys).verify(token(ALICE))).isEmpty();
        assertThat(tokens(issuer, keys).verify(token(ALICE))).isEmpty();
    }

    @Test
    void oneOfAnotherRegistryWithTheSameNamesIsRefused() {
        try (TestDatabase elsewhere = TestDatabase.fresh()) {
            SigningKeys strange = TestKeys.node(elsewhere.database(), TestKeys.SETTINGS, clock);
            Secret token = tokens(TestKeys.SETTINGS, strange).issue(ALICE, NOTHING).token();

            assertThat(tokens.verify(token)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "\u0000", "../../etc/passwd", "lsf_abc"})
    void whatIsNoTokenIsRefused(String text) {
        assertThat(tokens.verify(Secret.of(text))).isEmpty();
        assertThat(tokens.verify(Secret.of(text.repeat(100_000)))).isEmpty();
    }

    @Test
    void othersVerifyItByThePublishedKeys() throws Exception {
        SignedJWT token = SignedJWT.parse(token(ALICE).reveal());
        JWK key = JWKSet.parse(keys.published()).getKeyByKeyId(token.getHeader().getKeyID());

        assertThat(token.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
        assertThat(key.toJSONObject()).containsOnlyKeys("kty", "crv", "kid", "x", "y", "use", "alg");
    }

    @Test
    void aRegistryThatTrustsThePublishedKeysAcceptsIt(@TempDir Path folder) throws Exception {
        Path jwks = Files.writeString(folder.resolve("jwks.json"), keys.published());
        JwtVerifier elsewhere = new JwtVerifier(
                Issuer.rules("longshore", Set.of("registry.example.com")), new FileKeys(jwks), clock);

        JwtClaims claims = elsewhere.verify(token(ALICE, "repository:team/app:pull,push").reveal()).orElseThrow();

        assertThat(claims.subject()).contains("user:alice");
        assertThat(ClaimedPermissions.of(claims).repositories())
                .isEqualTo(Map.of(RepositoryName.parse("team/app"), Set.of(Action.PULL, Action.PUSH)));
    }

    @Test
    void givesARefreshTokenToWhoeverAsks() throws Exception {
        IssuedToken issued = tokens.issueOffline(ALICE, NOTHING, "docker");
        RefreshTokens refresh = TestKeys.refreshTokens(
                postgres.database(), TestKeys.SETTINGS.refreshIdle(), Optional::of, clock);

        assertThat(refresh.redeem(issued.refreshToken().orElseThrow(), RefreshTokens.Use.TOKENS)).contains(ALICE);
        assertThat(tokens.issueOffline(Identity.ANONYMOUS, NOTHING, "docker").refreshToken()).isEmpty();
    }

    @Test
    void printsNoSecret() {
        IssuedToken issued = tokens.issueOffline(ALICE, NOTHING, "docker");

        assertThat(issued.toString())
                .doesNotContain(issued.token().reveal(), issued.refreshToken().map(Secret::reveal).orElseThrow());
        assertThat(TestKeys.SETTINGS.toString()).doesNotContain("correct horse");
    }
}
