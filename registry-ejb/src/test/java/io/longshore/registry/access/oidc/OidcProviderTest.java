package io.longshore.registry.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.jwt.Issuer;
import io.longshore.registry.config.Secret;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against an OpenID provider that we have not written. */
class OidcProviderTest {
    private static final URI CALLBACK = URI.create("https://registry.example/auth/callback");
    private static final MockOAuth2Server SERVER = new MockOAuth2Server();

    private final Clock clock = Clock.systemUTC();
    private final OidcSettings settings =
            OidcSettings.of("work", SERVER.issuerUrl("work").toString()).groups("groups", "work:");

    @BeforeAll
    static void start() throws Exception {
        SERVER.start(InetAddress.getByName("127.0.0.1"), 0);
        // Its first answers take a while, longer than the registry waits on a machine that is busy.
        for (URI url : List.of(SERVER.wellKnownUrl("work").uri(), SERVER.jwksUrl("work").uri())) {
            assertThat(get(url).statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<Void> get(URI url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding());
    }

    @AfterAll
    static void stop() {
        SERVER.shutdown();
    }

    private static DefaultOAuth2TokenCallback token(String subject, String audience) {
        return new DefaultOAuth2TokenCallback(
                "work", subject, "JWT", List.of(audience), Map.of("groups", List.of("dev")), 300);
    }

    private Optional<Identity> show(String token) throws IOException {
        return new OidcAuthenticator(List.of(TrustedIssuer.open(settings.config(), clock)), clock)
                .authenticate(new Credentials.Password("ci", Secret.of(token)));
    }

    @Test
    void itsTokensArePasswords() throws IOException {
        String token = SERVER.issueToken("work", "job", token("repo:acme/app", Issuer.AUDIENCE)).serialize();

        Identity identity = show(token).orElseThrow();

        assertThat(identity.subject()).isEqualTo(Subject.parse("user:work:repo:acme/app"));
        assertThat(identity.groups()).containsExactly("work:dev");
    }

    @Test
    void itsTokensForOthersAndThoseOfItsOtherRealmsAreNot() throws IOException {
        assertThat(show(SERVER.issueToken("work", "job", token("alice", "other")).serialize())).isEmpty();
        assertThat(show(SERVER.issueToken("other", "job", token("alice", Issuer.AUDIENCE)).serialize())).isEmpty();
    }

    private OidcLogin login(OidcSettings client) throws IOException {
        return new OidcLogin(TrustedIssuer.open(client.config(), clock), CALLBACK, clock);
    }

    /** Goes where it is sent, and says with what it is sent back. */
    private static Map<String, String> browse(URI address) throws Exception {
        URI back = URI.create(get(address).headers().firstValue("Location").orElseThrow());
        assertThat(back.toString()).startsWith(CALLBACK + "?");
        return query(back);
    }

    private static Map<String, String> query(URI address) {
        return Arrays.stream(address.getRawQuery().split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    @Test
    void somebodyLogsInThere() throws Exception {
        OidcLogin login = login(settings.client("longshore", "s3cr&t", "openid", "email"));
        LoginAttempt attempt = login.attempt();

        URI address = login.begin(attempt);
        assertThat(query(address))
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "longshore")
                .containsEntry("redirect_uri", CALLBACK.toString())
                .containsEntry("scope", "openid email")
                .containsEntry("code_challenge_method", "S256");
        assertThat(address.toString()).doesNotContain(attempt.verifier());
        SERVER.enqueueCallback(token("alice", "longshore"));
        Identity identity = login.finish(attempt, browse(address)).orElseThrow();

        assertThat(identity.subject()).isEqualTo(Subject.parse("user:work:alice"));
        assertThat(identity.groups()).containsExactly("work:dev");
        assertThat(identity.source()).isEqualTo("oidc");
    }

    @Test
    void somebodyLogsInThereWhereTheRegistryHasNoSecret() throws Exception {
        OidcLogin login = login(settings.client("longshore", null, "openid"));
        LoginAttempt attempt = login.attempt();
        SERVER.enqueueCallback(token("alice", "longshore"));

        assertThat(login.finish(attempt, browse(login.begin(attempt)))).isPresent();
    }

    @Test
    void codeThatIsNotKnownThereIsRefused() throws Exception {
        OidcLogin login = login(settings.client("longshore", "secret", "openid"));
        LoginAttempt attempt = login.attempt();

        assertThat(login.finish(attempt, Map.of("code", "stolen", "state", attempt.state()))).isEmpty();
    }

    @Test
    void codeOfAnotherAttemptIsRefused() throws Exception {
        OidcLogin login = login(settings.client("longshore", "secret", "openid"));
        LoginAttempt mine = login.attempt();
        LoginAttempt theirs = login.attempt();
        SERVER.enqueueCallback(token("mallory", "longshore"));
        String code = browse(login.begin(theirs)).get("code");

        assertThat(login.finish(mine, Map.of("code", code, "state", mine.state()))).isEmpty();
    }
}
