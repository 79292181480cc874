package io.longshore.registry.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OidcIT {
    private static final String LOGIN = "/auth/login?issuer=work";

    private static TestIssuer issuer;
    private static RegistryServer server;

    private final Http http = new Http(server.uri());

    @BeforeAll
    static void start() throws IOException {
        issuer = new TestIssuer();
        server = RegistryServer.start(Map.of(
                "REGISTRY_AUTH_OIDC", "[{name: work, issuer: \"" + issuer.url() + "\", audience: registry.example.com,"
                        + " clientid: longshore, clientsecret: a secret},"
                        + " {name: away, issuer: \"http://127.0.0.1:1\", audience: registry.example.com,"
                        + " clientid: longshore}]",
                "REGISTRY_AUTH_ADMINS", "[\"user:work:alice\"]"));
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
    }

    @Test
    void takesATokenOfTheIssuerForAPassword() {
        String token = issuer.sign(Map.of("sub", "project:app", "aud", "registry.example.com"));
        String other = issuer.sign(Map.of("sub", "project:app", "aud", "another.example.com"));

        byName("anything", token).send().expect(200);
        byName("anything", other).send().expectError(401, "UNAUTHORIZED");
        byName("anything", token + 'x').send().expectError(401, "UNAUTHORIZED");
    }

    @Test
    void givesATokenOfItsOwnForATokenOfTheIssuer() {
        String password = issuer.sign(Map.of("sub", "project:app", "aud", "registry.example.com"));
        Reply reply = http.get("/auth/token?scope=repository:team/app:pull,push")
                .header("Authorization", basic("ci", password))
                .send()
                .expect(200);

        http.post("/v2/team/app/blobs/uploads/")
                .header("Authorization", "Bearer " + reply.json().path("token").textValue())
                .send()
                .expect(202);
    }

    private Request byName(String user, String password) {
        return http.get("/v2/").header("Authorization", basic(user, password));
    }

    private static String basic(String user, String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The cookie that a reply sets, as a browser sends it back. */
    private static String cookie(Reply reply, String name) {
        return reply.values("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + '='))
                .map(cookie -> cookie.split(";")[0])
                .findFirst()
                .orElseThrow();
    }

    /** From the registry to the issuer and back, up to the callback; the address there with code and state. */
    private String backFromTheIssuer(Reply begun) {
        Reply issued = new Http(server.uri()).get(begun.header("Location")).send().expect(302);
        return issued.header("Location");
    }

    private String logIn() {
        Reply begun = http.get(LOGIN).send().expect(303);
        Reply finished = http.get(backFromTheIssuer(begun))
                .header("Cookie", cookie(begun, "longshore_login"))
                .send()
                .expect(303);
        assertThat(finished.header("Location")).endsWith("/api/v1/whoami");
        return cookie(finished, "longshore_session");
    }

    @Test
    void letsSomebodyAdministerWhoLoggedInWithABrowser() {
        String session = logIn();

        Reply self = http.get("/api/v1/whoami").header("Cookie", session).send().expect(200);
        assertThat(self.text()).contains("work:alice");
        http.get("/api/v1/rules").header("Cookie", session).send().expect(200);
        http.get("/api/v1/rules").send().expect(401);
        assertThat(http.get("/v2/").header("Cookie", session).send().status())
                .as("a session is for administration").isEqualTo(401);
    }

    @Test
    void hidesItsCookiesFromScriptsAndOtherSites() {
        Reply begun = http.get(LOGIN).send().expect(303);

        assertThat(begun.values("Set-Cookie")).singleElement().asString()
                .contains("HttpOnly").contains("SameSite=Lax").contains("Path=/auth/callback");
        assertThat(begun.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void endsASessionThatIsLoggedOut() {
        String session = logIn();
        http.post("/auth/logout").header("Cookie", session).send().expect(204);

        http.get("/api/v1/rules").header("Cookie", session).send().expect(401);
    }

    @Test
    void refusesWhoComesBackWithTheLoginOfSomebodyElse() {
        Reply victims = http.get(LOGIN).send().expect(303);
        Reply attackers = http.get(LOGIN).send().expect(303);
        String attackersAnswer = backFromTheIssuer(attackers);

        Reply planted = http.get(attackersAnswer).header("Cookie", cookie(victims, "longshore_login")).send();
        assertThat(planted.status()).isEqualTo(403);
        assertThat(planted.values("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("longshore_session"));
        assertThat(http.get(attackersAnswer).send().status()).as("without a cookie").isEqualTo(403);
    }

    /** Any site can have browsers ask for this, and would make the office behind their address wait. */
    @Test
    void countsNoBrowserThatHasNotBegunALogin() {
        String known = logIn();
        String failures = "/api/v1/audit?act=login.failure&n=1000";
        String before = http.get(failures).header("Cookie", known).send().expect(200).text();

        for (int i = 0; i < 50; i++) {
            assertThat(http.get("/auth/callback?code=x&state=y").send().status()).isEqualTo(403);
            assertThat(http.get("/auth/callback").header("Cookie", "longshore_login=none").send().status())
                    .isEqualTo(403);
        }

        assertThat(http.get(failures).header("Cookie", known).send().expect(200).text()).isEqualTo(before);
        logIn();
    }

    @Test
    void refusesACodeThatComesTwice() {
        Reply begun = http.get(LOGIN).send().expect(303);
        String answer = backFromTheIssuer(begun);
        String cookie = cookie(begun, "longshore_login");
        http.get(answer).header("Cookie", cookie).send().expect(303);

        assertThat(http.get(answer).header("Cookie", cookie).send().status()).isEqualTo(403);
        assertThat(http.get(answer + "&state=again").header("Cookie", cookie).send().status()).isEqualTo(403);
    }

    @Test
    void askedForAnIssuerThatIsAwaySaysToTryAgain() {
        http.get("/auth/login?issuer=away").send().expectError(503, "UNAVAILABLE");
    }

    @Test
    void asksWhereToLogInIfThereAreSeveral() {
        assertThat(http.get("/auth/login").send().expect(400).text()).contains("issuer=work, issuer=away");
    }

    @Test
    void knowsNoOtherIssuer() {
        assertThat(http.get("/auth/login?issuer=elsewhere").send().status()).isEqualTo(404);
    }
}
