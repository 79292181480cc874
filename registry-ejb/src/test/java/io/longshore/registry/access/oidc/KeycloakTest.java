package io.longshore.registry.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.jwt.JwtClaims;
import io.longshore.registry.access.jwt.TestClock;
import io.longshore.registry.config.Secret;
import io.longshore.registry.permission.Subject;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Against a Keycloak; only where there is one, see CONTRIBUTING.md. */
@EnabledIfSystemProperty(named = "keycloak.home", matches = ".+")
class KeycloakTest {
    private static final URI CALLBACK = URI.create("https://registry.example/auth/callback");
    private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

    private static KeycloakServer server;

    private final TestClock clock = new TestClock(Instant.now());
    private final OidcSettings settings = OidcSettings.of("work", server.issuer().toString())
            .users("preferred_username", "")
            .groups("groups", "work:")
            .client("longshore", "s3cret", "openid");

    @BeforeAll
    static void start() throws Exception {
        server = new KeycloakServer(Path.of(System.getProperty("keycloak.home")));
        server.awaitStart();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Optional<Identity> show(OidcAuthenticator authenticator, Object token) throws Exception {
        String text = JwtClaims.texts(token).get(0);
        return authenticator.authenticate(new Credentials.Password("whoever", Secret.of(text)));
    }

    private OidcAuthenticator authenticator() throws Exception {
        return new OidcAuthenticator(List.of(TrustedIssuer.open(settings.config(), clock)), clock);
    }

    @Test
    void accessTokenForTheRegistryIsAPasswordAndNoOtherTokenIs() throws Exception {
        Map<String, Object> tokens = server.tokens();
        OidcAuthenticator authenticator = authenticator();

        Identity identity = show(authenticator, tokens.get("access_token")).orElseThrow();
        assertThat(identity.subject()).isEqualTo(Subject.parse("user:alice"));
        assertThat(identity.groups()).containsExactly("work:dev");
        assertThat(authenticator.refresh(identity)).contains(identity);
        assertThat(show(authenticator, tokens.get("id_token"))).as("its audience is the client").isEmpty();
        assertThat(show(authenticator, tokens.get("refresh_token"))).as("a shared secret signs it").isEmpty();
    }

    @Test
    void keyIsFollowedWhenItIsRotated() throws Exception {
        OidcAuthenticator authenticator = authenticator();
        Object before = server.tokens().get("access_token");
        assertThat(show(authenticator, before)).isPresent();

        server.rotateKeys();
        clock.advance(Duration.ofSeconds(11));
        Object after = server.tokens().get("access_token");

        assertThat(header(after)).isNotEqualTo(header(before));
        assertThat(show(authenticator, after)).isPresent();
        assertThat(show(authenticator, server.tokens().get("access_token"))).isPresent();
    }

    private static String header(Object token) {
        return JwtClaims.texts(token).get(0).split("\\.")[0];
    }

    @Test
    void somebodyLogsInThere() throws Exception {
        OidcLogin login = new OidcLogin(TrustedIssuer.open(settings.config(), clock), CALLBACK, clock);
        LoginAttempt attempt = login.attempt();

        Map<String, String> answer = browse(login.begin(attempt));
        Identity identity = login.finish(attempt, answer).orElseThrow();

        assertThat(answer).containsKeys("code", "iss");
        assertThat(identity.subject()).isEqualTo(Subject.parse("user:alice"));
        assertThat(identity.groups()).containsExactly("work:dev");
        assertThat(login.finish(attempt, answer)).as("a code is good for once").isEmpty();
    }

    /** Logs alice in, and says with what she is sent back. */
    private static Map<String, String> browse(URI address) throws Exception {
        HttpResponse<String> page = server.send(HttpRequest.newBuilder(address));
        Matcher form = FORM.matcher(page.body());
        assertThat(form.find()).as("a form to log in").isTrue();
        // Browsers send cookies that are marked as secure to this machine in plain text, Java's store does not.
        String cookies = page.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";")[0])
                .collect(Collectors.joining("; "));
        HttpResponse<String> reply = server.send(
                HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                        .header("Cookie", cookies)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=alice&password=wonderland")));
        URI back = URI.create(reply.headers().firstValue("Location").orElseThrow());
        assertThat(back.toString()).startsWith(CALLBACK + "?");
        return Arrays.stream(back.getRawQuery().split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }
}
