package io.longshore.registry.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.jwt.Certificates;
import io.longshore.registry.access.jwt.Issuer;
import io.longshore.registry.access.jwt.TestClock;
import io.longshore.registry.access.jwt.TestServer;
import io.longshore.registry.config.OidcConfig;
import io.longshore.registry.config.Secret;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcAuthenticatorTest {
    private static final Issuer KEY = Issuer.rsa("key");

    private final TestServer server = new TestServer();
    private final String issuer = server.url("/realm").toString();
    private final TestClock clock = new TestClock(Issuer.NOW);

    OidcAuthenticatorTest() throws IOException {
        server.answer("/realm/.well-known/openid-configuration", discovery(issuer, server.url("/keys").toString()));
        server.answer("/keys", Issuer.jwks(KEY));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String discovery(String issuer, String keys) {
        return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + keys + "\"}";
    }

    private OidcAuthenticator authenticator(OidcSettings... settings) throws IOException {
        List<TrustedIssuer> issuers = new ArrayList<>();
        for (OidcSettings each : settings) {
            issuers.add(TrustedIssuer.open(each.config(), clock));
        }
        return new OidcAuthenticator(issuers, clock);
    }

    private OidcSettings work() {
        return OidcSettings.of("work", issuer);
    }

    private Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = Issuer.claims("iss", issuer);
        claims.put(name, value);
        return claims;
    }

    private static Optional<Identity> login(OidcAuthenticator authenticator, String password) throws IOException {
        return authenticator.authenticate(new Credentials.Password("whoever", Secret.of(password)));
    }

    private Optional<Identity> login(OidcSettings settings, Map<String, Object> claims) throws IOException {
        return login(authenticator(settings), KEY.sign(claims));
    }

    @Test
    void tokenOfAnIssuerIsAPassword() throws IOException {
        Identity identity = login(work(), claims("groups", List.of("dev"))).orElseThrow();

        assertThat(identity.subject()).isEqualTo(Subject.parse("user:work:alice"));
        assertThat(identity.groups()).isEmpty();
        assertThat(identity.source()).isEqualTo("oidc");
        assertThat(identity.limits()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "", "a.b", "a.b.c.d", "a.b.c d", "ä.b.c", "..", "a.b.", "dckr_pat_abc"})
    void asksNobodyAboutPasswordsThatCannotBeTokens(String password) throws IOException {
        assertThat(login(authenticator(work()), password)).isEmpty();
        assertThat(server.requests()).isZero();
    }

    @Test
    void asksNobodyAboutTokensOfOthers() throws IOException {
        assertThat(login(authenticator(work()), "a.b.c")).isEmpty();
        assertThat(login(work(), claims("iss", "https://other.example"))).isEmpty();
        assertThat(login(work(), claims("aud", "other"))).isEmpty();
        assertThat(server.requests()).isZero();
    }

    @Test
    void certificatesAreNoTokens() throws IOException {
        Credentials certificate = new Credentials.Certificate(Certificates.root("a").certificate());

        assertThat(authenticator(work()).authenticate(certificate)).isEmpty();
    }

    @Test
    void tokenOfAnotherKeyIsRefused() throws IOException {
        assertThat(login(authenticator(work()), Issuer.rsa("key").sign(claims("sub", "alice")))).isEmpty();
    }

    @Test
    void namesAreTakenFromTheClaimsThatAreConfigured() throws IOException {
        Map<String, Object> claims = claims("realm_access", Map.of("roles", List.of("dev", "", "a\nb", "ops")));
        claims.put("preferred_username", "Alice");

        OidcSettings keycloak = work().users("preferred_username", "").groups("realm_access.roles", "role-");
        Identity identity = login(keycloak, claims).orElseThrow();

        assertThat(identity.subject()).isEqualTo(Subject.parse("user:Alice"));
        assertThat(identity.groups()).containsExactlyInAnyOrder("role-dev", "role-ops");
    }

    @Test
    void groupsMayBeOneText() throws IOException {
        assertThat(login(work().groups("groups", "work:"), claims("groups", "dev")).orElseThrow().groups())
                .containsExactly("work:dev");
        assertThat(login(work().groups("groups", "work:"), claims("groups", Map.of("a", "b"))).orElseThrow().groups())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000", "a ", "\u202eecila"})
    void whoCannotBeAUserIsRefused(String subject) throws IOException {
        assertThat(login(work(), claims("sub", subject))).isEmpty();
    }

    @Test
    void whoHasNoNameIsRefused() throws IOException {
        assertThat(login(work(), claims("sub", 7))).isEmpty();
        assertThat(login(work(), claims("sub", "a".repeat(255)))).as("too long with its prefix").isEmpty();
        assertThat(login(work().users("upn", "work:"), claims("sub", "alice"))).isEmpty();
    }

    @Test
    void requiredClaimsMustMatch() throws IOException {
        OidcSettings github = work()
                .require("repository_owner", "acme")
                .require("ref", "refs/heads/main", "refs/tags/v*")
                .require("environment.name", "production");
        Map<String, Object> claims = claims("repository_owner", "acme");
        claims.put("ref", "refs/tags/v1");
        claims.put("environment", Map.of("name", "production"));

        assertThat(login(github, claims)).isPresent();
        for (Map.Entry<String, Object> other : Map.<String, Object>of(
                "repository_owner", "acme2", "ref", "refs/heads/other", "environment", "production").entrySet()) {
            Map<String, Object> changed = new HashMap<>(claims);
            changed.put(other.getKey(), other.getValue());
            assertThat(login(github, changed)).as(other.getKey()).isEmpty();
            changed.remove(other.getKey());
            assertThat(login(github, changed)).as("without " + other.getKey()).isEmpty();
        }
    }

    @Test
    void claimWithDotsInItsNameIsFound() throws IOException {
        OidcSettings kubernetes = work().require("kubernetes.io.namespace", "ci");

        assertThat(login(kubernetes, claims("kubernetes.io", Map.of("namespace", "ci")))).isPresent();
        assertThat(login(kubernetes, claims("kubernetes.io.namespace", "ci"))).isPresent();
        assertThat(login(kubernetes, claims("kubernetes.io", Map.of("namespace", "other")))).isEmpty();
    }

    @Test
    void mailAddressMustBeVerifiedWhereTheIssuerSaysWhetherItIs() throws IOException {
        OidcSettings byMail = work().users("email", "");
        Map<String, Object> claims = claims("email", "a@b.example");

        assertThat(login(byMail, claims)).isPresent();
        claims.put("email_verified", true);
        assertThat(login(byMail, claims)).isPresent();
        claims.put("email_verified", false);
        assertThat(login(byMail, claims)).isEmpty();
    }

    @Test
    void mailAddressThatIsRequiredMustBeVerifiedToo() throws IOException {
        OidcSettings ofAcme = work().require("email", "*@acme.example");
        Map<String, Object> claims = claims("email", "a@acme.example");

        assertThat(login(ofAcme, claims)).isPresent();
        claims.put("email_verified", "true");
        assertThat(login(ofAcme, claims)).isPresent();
        for (Object unverified : List.of(false, "false", 1)) {
            claims.put("email_verified", unverified);
            assertThat(login(ofAcme, claims)).isEmpty();
        }
    }

    @Test
    void noticeOfALogoutIsNoLogin() throws IOException {
        assertThat(login(work(), claims(
                "events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())))).isEmpty();
    }

    @Test
    void issuerWithoutAudienceAcceptsNoPasswords() throws IOException {
        assertThat(login(work().audiences(Set.of()), claims("sub", "alice"))).isEmpty();
    }

    @Test
    void severalIssuersAndSeveralViewsOfOneAreAskedInTurn() throws IOException {
        OidcAuthenticator authenticator = authenticator(
                OidcSettings.of("other", "https://other.example"),
                work().require("sub", "bob"),
                OidcSettings.of("again", issuer));

        assertThat(login(authenticator, KEY.sign(claims("sub", "bob"))).orElseThrow().subject())
                .isEqualTo(Subject.parse("user:work:bob"));
        assertThat(login(authenticator, KEY.sign(claims("sub", "alice"))).orElseThrow().subject())
                .isEqualTo(Subject.parse("user:again:alice"));
    }

    @Test
    void issuerThatIsDownIsNoReasonToRefuseOthers() throws IOException {
        TestServer down = new TestServer();
        down.close();
        OidcAuthenticator authenticator =
                authenticator(work().keys(down.url("/keys")), OidcSettings.of("again", issuer));

        assertThat(login(authenticator, KEY.sign(claims("sub", "alice")))).isPresent();
        assertThatThrownBy(() -> login(authenticator(work().keys(down.url("/keys"))), KEY.sign(claims("sub", "alice"))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void discoveryDocumentMustBeThatOfTheIssuer() {
        for (String other : List.of(issuer + "/", "https://other.example", "")) {
            server.answer("/realm/.well-known/openid-configuration", discovery(other, server.url("/keys").toString()));
            assertThatThrownBy(() -> login(work(), claims("sub", "alice")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another issuer");
        }
        assertThat(server.requests()).as("nobody asks for the keys of another").isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://keys.example/", "file:///etc/passwd", "", "not an address", "/keys"})
    void discoveryDocumentMustNameAnAddressThatIsSafe(String keys) {
        server.answer("/realm/.well-known/openid-configuration", discovery(issuer, keys));

        assertThatThrownBy(() -> login(work(), claims("sub", "alice"))).isInstanceOf(IOException.class);
    }

    @Test
    void identityEndsWithItsToken() throws IOException {
        OidcAuthenticator authenticator = authenticator(work());
        Identity identity = login(authenticator, KEY.sign(claims("sub", "alice"))).orElseThrow();

        clock.advance(Duration.ofSeconds(299));
        assertThat(authenticator.refresh(identity)).contains(identity);
        clock.advance(Duration.ofSeconds(1));
        assertThat(authenticator.refresh(identity)).isEmpty();
    }

    /** Even where people can log in at the same issuer. */
    @Test
    void whoShowsATokenEndsWithIt() throws IOException {
        OidcAuthenticator both = authenticator(work().client("registry", null, "openid"));
        Identity job = login(both, KEY.sign(claims("sub", "alice"))).orElseThrow();
        assertThat(both.lookUp(job)).contains(job);

        clock.advance(Duration.ofSeconds(300));

        assertThat(both.lookUp(job)).isEmpty();
    }

    @Test
    void aPersonOutlivesTheTokenWhereTheIssuerLetsPeopleLogIn() throws IOException {
        String credential = new TokenCredential("work", clock.instant(), true).toString();
        Identity alice = new Identity(
                Subject.parse("user:work:alice"), Set.of("dev"), "oidc", credential, Optional.empty());

        assertThat(authenticator(work().client("registry", null, "openid")).lookUp(alice)).contains(alice);
        assertThat(authenticator(work()).lookUp(alice)).isEmpty();
        assertThat(authenticator(OidcSettings.of("other", issuer).client("registry", null, "openid")).lookUp(alice))
                .isEmpty();
        assertThat(authenticator(work().client("registry", null, "openid")).refresh(alice)).as("a session").isEmpty();
    }

    @Test
    void identityEndsWithTheTrustInItsIssuer() throws IOException {
        Identity identity = login(work(), claims("sub", "alice")).orElseThrow();

        assertThat(authenticator(OidcSettings.of("other", issuer)).refresh(identity)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"''", "work", "work tomorrow", "' 2999-01-01T00:00:00Z'", "2999-01-01T00:00:00Z work"})
    void whatIsNoCredentialOfOursIsNotRefreshed(String credential) throws IOException {
        Identity identity = new Identity(
                Subject.parse("user:work:alice"), Set.of(), "oidc", credential, Optional.empty());

        assertThat(authenticator(work()).refresh(identity)).isEmpty();
    }
}
