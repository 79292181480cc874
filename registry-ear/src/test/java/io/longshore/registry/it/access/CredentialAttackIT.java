package io.longshore.registry.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.RawConnection;
import io.longshore.registry.it.protocol.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, passwords, scopes and headers that are made to be read as something else. */
@ExtendWith(NoSecretsInLogs.class)
class CredentialAttackIT {
    private static AccessServer server;
    private static Fixture secret;
    private static Fixture open;

    @BeforeAll
    static void start() {
        server = AccessServer.shared();
        secret = Fixture.existing(server, "private");
        open = Fixture.existing(server, "public");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "keeper\0", "\0keeper", "keeper\nroot", "keeper\r\nFORGED line of a log", "\u001b[31mroot", "keeper\u202eroot",
        "\u2066root", "root\u200b", " root", "root ", "ROOT", "user:root", "root\u0000:x", "*", "%", "' or '1'='1",
        "root)(uid=*", "\ud800", ""
    })
    void nobodyLogsInByAStrangeName(String name) {
        Reply refused = server.http()
                .authorized(Shown.basic(name, Account.ROOT.password()))
                .get("/v2/")
                .send()
                .expectError(401, "UNAUTHORIZED");

        assertThat(refused.header("WWW-Authenticate")).isEqualTo(server.challenge("", ""));
        assertThat(server.said().lines()).noneMatch(line -> line.startsWith("FORGED"));
        assertThat(server.query("""
                select reference from audit_event
                where act = 'login.failure' and (reference ~ '[[:cntrl:]]' or reference like U&'%\\202E%')"""))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Basic", "Basic ", "Basic !!!!", "Basic a2VlcGVy", "Basic =", "Basic a2VlcGVyOg==x", "basic a2VlcGVy Om==",
        "Digest username=root", "Negotiate abc", "Bearer", "Token x", ",", "Basic\u00a0eDp5", "\"", "Basic Bearer x"
    })
    void refusesAuthorizationThatIsNone(String value) throws Exception {
        try (RawConnection connection = server.http().connect()) {
            connection.sendHead("GET /v2/ HTTP/1.1", "Host: x", "Authorization: " + value);

            connection.read("GET").expectError(401, "UNAUTHORIZED");
        }
    }

    /** Which of two is meant is for nobody to guess. */
    @Test
    void oneOfTwoAuthorizationsDoesNotLendItsRightsToTheOther() throws Exception {
        try (RawConnection connection = server.http().connect()) {
            connection.sendHead(
                    "GET " + secret.keeper().manifest("v1") + " HTTP/1.1", "Host: x",
                    "Authorization: " + Account.NOBODY.basic(), "Authorization: " + Account.KEEPER.basic());

            assertThat(connection.read("GET").status()).isIn(400, 401, 403);
        }
    }

    @Test
    void refusesPasswordsOfAnyLength() {
        String filler = "x".repeat(22 << 10);
        String tooLong = "x".repeat(30 << 10);
        for (String pair : List.of("root:" + filler, filler + ":x", ":" + filler, filler)) {
            server.http().authorized("Basic " + base64(pair)).get("/v2/").send().expectError(401, "UNAUTHORIZED");
        }
        server.http().authorized("Basic " + base64("root:" + tooLong)).get("/v2/").send()
                .expectError(431, "UNSUPPORTED");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesAFormOfMegabytes() {
        String form = "grant_type=password&username=root&password=" + "x".repeat(3 << 20);

        server.http().post("/auth/token").header("Content-Type", "application/x-www-form-urlencoded")
                .body(form).send().expect(413);
        server.http().post("/auth/token").header("Content-Type", "application/x-www-form-urlencoded")
                .chunked(form.getBytes(StandardCharsets.US_ASCII)).send().expect(413);
    }

    /** {@code %s} stands for the private repository. */
    @ParameterizedTest
    @ValueSource(strings = {
        "repository:public/a:pull repository:%s:pull", "repository:public/a,%s:pull",
        "repository:public/a:pull,%s:pull",
        "repository:public/a:pull:%s:pull", "repository:public/../%s:pull", "repository:public%%2f..%%2f%s:pull",
        "repository:public/..%%2f%s:pull", "repository:./%s:pull", "repository:/%s:pull", "repository:%s/:pull",
        "repository:host:5000/%s:pull", "repository:public/a%%20%s:pull", "repository:public/a\t%s:pull",
        "repository:public/a\n%s:pull", "repository:public/a\0%s:pull", "repository(plugin):%s:pull",
        "repository:**:pull", "repository:*:pull", "repository:private/**:*", "registry:catalog:* repository:%s:*",
        "repository:%s:admin", "REPOSITORY:%s:pull", "repository:%s:pull,push,delete,admin,*", "\",\"actions\":[\"*\"]",
        "repository:public/a\",\"actions\":[\"*\"]},{\"name\":\"%s:pull"
    })
    void noScopeIsReadAsLeaveForWhatTheBearerMayNot(String scope) throws Exception {
        String asked = scope.formatted(secret.name());
        for (Optional<Account> account : List.of(Optional.<Account>empty(), Optional.of(Account.NOBODY))) {
            String token = server.token(account, asked);
            JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));

            for (JsonNode access : claims.path("access")) {
                String name = access.path("name").textValue();
                assertThat(name).matches("catalog|public(/[a-z0-9]+([._-][a-z0-9]+)*)+");
                assertThat(access.path("actions")).extracting(JsonNode::textValue).containsExactly("pull");
            }
            Http bearer = server.http().authorized(Shown.bearer(token));
            assertThat(bearer.get(secret.keeper().manifest("v1")).send().status()).isIn(401, 403);
            assertThat(bearer.post(open.keeper().uploads()).send().status()).isIn(401, 403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method"})
    void noHeaderMakesARequestAnotherOne(String header) {
        Http deleter = server.as(Account.KEEPER);
        String path = secret.keeper().manifest("v1");

        assertThat(deleter.get(path).header(header, "DELETE").send().expect(200).body())
                .isEqualTo(secret.image().bytes());
        deleter.get(path + "?_method=DELETE").send().expect(200);
        server.as(Account.PULLER).delete(path).header(header, "GET").send().expectError(403, "DENIED");
        server.http().post(secret.keeper().uploads()).header(header, "GET").send().expectError(401, "UNAUTHORIZED");
        deleter.get(path).send().expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Path", "X-Original-URI", "X-Forwarded-Uri"
    })
    void noHeaderMakesAPathAnotherOne(String header) {
        Reply reply = server.http()
                .get(open.keeper().manifest("v1"))
                .header(header, secret.keeper().manifest("v1"))
                .send()
                .expect(200);

        assertThat(reply.body()).isEqualTo(open.image().bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "X-Remote-User", "Remote-User", "X-Forwarded-User", "X-Auth-Request-User", "Proxy-Authorization"
    })
    void noOtherHeaderSaysWhoSomebodyIs(String header) {
        String value = header.equals("Proxy-Authorization") ? Account.ROOT.basic() : "root";

        server.http().get(secret.keeper().manifest("v1")).header(header, value).send()
                .expectError(401, "UNAUTHORIZED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%0d%0aX-Injected:%20yes", "%0aX-Injected:%20yes", "%E5%98%8A%E5%98%8DX-Injected:%20yes"})
    void noLineEndGetsIntoAHeaderOfAReply(String injected) {
        for (Reply reply : List.of(
                server.http().get("/v2/private/a" + injected + "/manifests/v1").send(),
                server.http().get("/v2/private/a/manifests/v1" + injected).send(),
                server.http().get("/v2/_catalog?last=" + injected).send(),
                server.http().get("/auth/token?service=" + injected).send(),
                server.http().get("/auth/token?scope=repository:public/a" + injected + ":pull").send(),
                server.as(Account.PUSHER).post(secret.keeper().uploads() + "?from=" + injected).send())) {
            assertThat(reply.headers().keySet()).noneMatch(name -> name.equalsIgnoreCase("X-Injected"));
            assertThat(reply.headers().values().toString()).doesNotContain("X-Injected: yes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "evil\",scope=\"x", "evil.example/path", "evil.example, other", "a b", "evil\\", "user@evil.example", "[::1",
        "evil.example:99999999", "\u00e9vil"
    })
    void nothingThatIsNoHostGetsIntoAChallenge(String host) throws Exception {
        for (String header : List.of("X-Forwarded-Host", "Host", "Forwarded")) {
            String quoted = host.replace("\\", "\\\\").replace("\"", "\\\"");
            String value = header.equals("Forwarded") ? "host=\"" + quoted + '"' : host;
            try (RawConnection connection = server.http().connect()) {
                connection.send("GET /v2/ HTTP/1.1\r\n" + (header.equals("Host") ? "" : "Host: x\r\n"));
                connection.sendHead(header + ": " + value);
                Reply reply = connection.read("GET");

                assertThat(reply.status()).isIn(400, 401);
                reply.values("WWW-Authenticate").forEach(challenge -> assertThat(challenge).matches(
                        "Bearer realm=\"http://[A-Za-z0-9._:-]+/auth/token\",service=\"registry.example.com\""));
            }
        }
    }

    @Test
    void aServiceThatIsNotOursIsNotNamedInAToken() {
        server.as(Account.KEEPER)
                .get("/auth/token?service=" + URLEncoder.encode("other.example", StandardCharsets.UTF_8))
                .send()
                .expect(400);
    }
}
