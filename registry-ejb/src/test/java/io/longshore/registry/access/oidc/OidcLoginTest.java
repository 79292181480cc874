package io.longshore.registry.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.jwt.Issuer;
import io.longshore.registry.access.jwt.TestClock;
import io.longshore.registry.access.jwt.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcLoginTest {
    private static final URI CALLBACK = URI.create("https://registry.example/auth/callback");
    private static final Issuer KEY = Issuer.ec("key");

    private final TestServer server = new TestServer();
    private final String issuer = server.url("/realm").toString();
    private final TestClock clock = new TestClock(Issuer.NOW);
    private final Map<String, String> sent = new HashMap<>();

    OidcLoginTest() throws IOException {
        discovery("");
        server.answer("/keys", Issuer.jwks(KEY));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void discovery(String more) {
        server.answer("/realm/.well-known/openid-configuration", """
                {"issuer": "%s", "jwks_uri": "%s", "authorization_endpoint": "%s", "token_endpoint": "%s"%s}
                """.formatted(issuer, server.url("/keys"), server.url("/login?a=b"), server.url("/token"), more));
    }

    private OidcLogin login(String secret) throws IOException {
        OidcSettings settings = OidcSettings.of("work", issuer).client("longshore", secret, "openid");
        return new OidcLogin(TrustedIssuer.open(settings.config(), clock), CALLBACK, clock);
    }

    /** The token endpoint answers every code with a token that says this. */
    private void give(Map<String, Object> claims) {
        server.answer("/token", exchange -> {
            sent.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            sent.put("authorization", String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            TestServer.text(200, "{\"id_token\":\"" + KEY.sign(claims) + "\"}").handle(exchange);
        });
    }

    private Map<String, Object> claims(LoginAttempt attempt) {
        Map<String, Object> claims = Issuer.claims("iss", issuer);
        claims.put("aud", "longshore");
        claims.put("nonce", attempt.nonce());
        return claims;
    }

    private static Map<String, String> answer(LoginAttempt attempt) {
        return Map.of("code", "c", "state", attempt.state());
    }

    private Optional<Identity> finish(LoginAttempt attempt, Map<String, Object> claims) throws IOException {
        give(claims);
        return login("secret").finish(attempt, answer(attempt));
    }

    @Test
    void addressKeepsWhatStandsInIt() throws IOException {
        OidcLogin login = login("secret");

        assertThat(login.begin(login.attempt()).toString())
                .startsWith(server.url("/login?a=b&response_type=code").toString());
        assertThat(login.name()).isEqualTo("work");
    }

    @Test
    void secretGoesToTheIssuerAlone() throws IOException {
        OidcLogin login = login("s:e c");
        LoginAttempt attempt = login.attempt();
        give(claims(attempt));

        assertThat(login.finish(attempt, answer(attempt))).isPresent();
        assertThat(new String(Base64.getDecoder().decode(sent.get("authorization").substring("Basic ".length()))))
                .isEqualTo("longshore:s%3Ae+c");
        assertThat(sent.get("body"))
                .contains("code_verifier=" + attempt.verifier())
                .doesNotContain("client_secret");

        discovery(", \"token_endpoint_auth_methods_supported\": [\"client_secret_post\"]");
        clock.advance(Duration.ofMinutes(5));
        assertThat(login.finish(attempt, answer(attempt))).isPresent();
        assertThat(sent.get("authorization")).isEqualTo("null");
        assertThat(sent.get("body")).contains("client_secret=s%3Ae+c").contains("client_id=longshore");
    }

    @Test
    void browserThatComesBackMustBeTheOneThatLeft() throws IOException {
        OidcLogin login = login("secret");
        LoginAttempt attempt = login.attempt();
        give(claims(attempt));
        int before = server.requests();

        assertThat(login.finish(attempt, Map.of("code", "c", "state", login.attempt().state()))).isEmpty();
        assertThat(login.finish(attempt, Map.of("code", "c"))).isEmpty();
        assertThat(login.finish(attempt, Map.of("code", "c", "state", ""))).isEmpty();
        assertThat(server.requests()).as("nobody is asked about it").isEqualTo(before);
    }

    @Test
    void answerOfAnotherIssuerIsRefused() throws IOException {
        OidcLogin login = login("secret");
        LoginAttempt attempt = login.attempt();
        give(claims(attempt));
        LoginAttempt other = new LoginAttempt(
                "other", attempt.state(), attempt.nonce(), attempt.verifier(), attempt.begun());

        assertThat(login.finish(other, answer(other))).isEmpty();
        Map<String, String> answer = new HashMap<>(answer(attempt));
        answer.put("iss", "https://other");
        assertThat(login.finish(attempt, answer)).isEmpty();
        answer.put("iss", issuer);
        assertThat(login.finish(attempt, answer)).isPresent();
    }

    @Test
    void refusalOfTheIssuerIsNoLogin() throws IOException {
        OidcLogin login = login("secret");
        LoginAttempt attempt = login.attempt();
        give(claims(attempt));

        assertThat(login.finish(attempt, Map.of("error", "access_denied", "state", attempt.state()))).isEmpty();
        assertThat(login.finish(attempt, Map.of("error", "x", "code", "c", "state", attempt.state()))).isEmpty();
    }

    @Test
    void loginTakesTenMinutesAtMost() throws IOException {
        OidcLogin login = login("secret");
        LoginAttempt attempt = login.attempt();
        clock.advance(Duration.ofMinutes(10));
        Map<String, Object> claims = claims(attempt);
        claims.put("exp", Issuer.NOW.plusSeconds(3600).getEpochSecond());
        give(claims);

        assertThat(login.finish(attempt, answer(attempt))).isEmpty();
        clock.advance(Duration.ofSeconds(-1));
        assertThat(login.finish(attempt, answer(attempt))).isPresent();
    }

    @Test
    void tokenMustBeThatOfThisLogin() throws IOException {
        LoginAttempt attempt = login("secret").attempt();
        assertThat(finish(attempt, claims(attempt)).orElseThrow().credential()).startsWith("work ").endsWith(" person");

        assertThat(finish(attempt, claims(login("secret").attempt()))).as("another nonce").isEmpty();
        Map<String, Object> claims = claims(attempt);
        claims.remove("nonce");
        assertThat(finish(attempt, claims)).isEmpty();
        for (Map.Entry<String, Object> other : Map.of(
                "aud", "other", "iss", "https://other.example", "azp", (Object) "other").entrySet()) {
            claims = claims(attempt);
            claims.put(other.getKey(), other.getValue());
            assertThat(finish(attempt, claims)).as(other.getKey()).isEmpty();
        }
    }

    @Test
    void tokenForSeveralMustSayWhoAskedForIt() throws IOException {
        LoginAttempt attempt = login("secret").attempt();
        Map<String, Object> claims = claims(attempt);
        claims.put("aud", List.of("longshore", "other"));

        assertThat(finish(attempt, claims)).isEmpty();
        claims.put("azp", "longshore");
        assertThat(finish(attempt, claims)).isPresent();
    }

    @Test
    void audienceOfPasswordsIsNotThatOfLogins() throws IOException {
        LoginAttempt attempt = login("secret").attempt();
        Map<String, Object> claims = claims(attempt);
        claims.put("aud", Issuer.AUDIENCE);

        assertThat(finish(attempt, claims)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id_token\": 1}", "{\"id_token\": \"a.b.c\"}", "{\"access_token\": \"a\"}"})
    void answerWithoutATokenIsNoLogin(String answer) throws IOException {
        OidcLogin login = login("secret");
        LoginAttempt attempt = login.attempt();
        server.answer("/token", answer);

        assertThat(login.finish(attempt, answer(attempt))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 500, 503})
    void issuerThatCannotAnswerIsAFault(int status) throws IOException {
        OidcLogin login = login("secret");
        LoginAttempt attempt = login.attempt();
        server.answer("/token", TestServer.text(status, ""));

        assertThatThrownBy(() -> login.finish(attempt, answer(attempt)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("answers " + status);
    }

    @Test
    void issuerThatIsDownIsAFault() throws IOException {
        OidcLogin login = login("secret");
        server.close();

        assertThatThrownBy(() -> login.begin(login.attempt()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void issuerIsNotAskedForItsAddressesEachTime() throws IOException {
        OidcLogin login = login("secret");
        login.begin(login.attempt());
        login.begin(login.attempt());

        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void attemptIsKeptAsATextThatIsFitForACookie() {
        LoginAttempt attempt = LoginAttempt.begin("work-1", Instant.ofEpochSecond(Issuer.NOW.getEpochSecond()));

        assertThat(attempt.text()).matches("[A-Za-z0-9._-]{1,250}");
        assertThat(LoginAttempt.parse(attempt.text())).contains(attempt);
        assertThat(attempt.toString()).doesNotContain(attempt.verifier()).doesNotContain(attempt.state());
        assertThat(LoginAttempt.begin("work-1", Issuer.NOW).state()).isNotEqualTo(attempt.state());
    }

    @Test
    void textThatIsNoAttemptIsNone() {
        String text = LoginAttempt.begin("work", Issuer.NOW).text();
        for (String other : List.of(
                "", "a", text + "0000000000000", text.substring(5), text + "\n", " " + text, "." + text,
                text.replace("work", "WORK"), text.replaceAll("[0-9]+$", "-1"))) {
            assertThat(LoginAttempt.parse(other)).as(other).isEmpty();
        }
    }
}
