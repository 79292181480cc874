package io.longshore.registry.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.protocol.ApiDescription;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operation of the administration API, by everybody, gets what its kind and the table say. */
class AdminMatrixIT {
    private static final String CHALLENGE = "Basic realm=\"Longshore\", charset=\"UTF-8\"";
    private static final List<String> FOR_EVERYBODY = List.of("GET /whoami", "GET /openapi.yaml");
    /** Tokens of the caller. */
    private static final List<String> FOR_USERS = List.of("GET /tokens", "POST /tokens", "DELETE /tokens/{id}");
    /** The password of the caller, if it is kept here, which those of the file of users are not. */
    private static final List<String> FOR_USERS_KEPT_HERE = List.of("PUT /password");

    private static AccessServer server;
    private static final Map<String, Optional<String>> CALLERS = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        server = AccessServer.start(Map.of("REGISTRY_AUTH_USERS_ENABLED", "true"));
        CALLERS.put("anonymous", Optional.empty());
        CALLERS.put("wrong password", Optional.of(Shown.basic("root", "some other password")));
        CALLERS.put("unreadable header", Optional.of("Basic ???"));
        CALLERS.put("garbage token", Optional.of(Shown.bearer("garbage.of-some.length")));
        CALLERS.put("anonymous token", Optional.of(Shown.bearer(server.token(Optional.empty(), ""))));
        CALLERS.put("token of an administrator", Optional.of(Shown.bearer(
                server.token(Account.ROOT, "registry:catalog:*"))));
        CALLERS.put("user without rules", Optional.of(Account.NOBODY.basic()));
        CALLERS.put("admin of repositories", Optional.of(Account.KEEPER.basic()));
        CALLERS.put("robot", Optional.of(Keys.robot(server, "ci").basic()));
        CALLERS.put("limited token of an administrator", Optional.of(
                Keys.personal(server, Account.ROOT, "**", "pull").basic()));
        CALLERS.put("administrator", Optional.of(Account.ROOT.basic()));
    }

    @AfterAll
    static void stop() {
        try {
            NoSecretsInLogs.check(server);
        } finally {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "anonymous,                         yes, 401, 401, 401",
        "wrong password,                    401, 401, 401, 401",
        "unreadable header,                 401, 401, 401, 401",
        "garbage token,                     401, 401, 401, 401",
        "anonymous token,                   401, 401, 401, 401",
        "token of an administrator,         401, 401, 401, 401",
        "user without rules,                yes, yes, 403, 403",
        "admin of repositories,             yes, yes, 403, 403",
        "robot,                             yes, 403, 403, 403",
        "limited token of an administrator, yes, 403, 403, 403",
        "administrator,                     yes, yes, 403, yes"
    })
    void answersAsTheTableSays(
            String caller, String everybody, String users, String usersKeptHere, String administrators) {
        Optional<String> shown = CALLERS.get(caller);
        Http http = shown.map(value -> server.http().authorized(value)).orElseGet(server::http);
        for (String operation : operations()) {
            String expected = FOR_EVERYBODY.contains(operation) ? everybody
                    : FOR_USERS.contains(operation) ? users
                    : FOR_USERS_KEPT_HERE.contains(operation) ? usersKeptHere : administrators;

            Reply reply = request(http, operation).send();

            if (expected.equals("yes")) {
                assertThat(reply.status()).as("%s: %s", operation, reply.text()).isNotIn(401, 403).isLessThan(500);
            } else {
                assertThat(reply.status()).as("%s: %s", operation, reply.text()).isEqualTo(Integer.parseInt(expected));
                assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(reply.values("WWW-Authenticate"))
                        .isEqualTo(expected.equals("401") ? List.of(CHALLENGE) : List.of());
            }
        }
    }

    private static List<String> operations() {
        return ApiDescription.ofAdministration().operations().stream()
                .map(ApiDescription.Operation::name)
                .toList();
    }

    /** Names what is not there, and says nothing sensible, so that not even those who may change anything do. */
    private static Request request(Http http, String operation) {
        String[] words = operation.split(" ");
        Request request = http.request(words[0], "/api/v1" + words[1].replaceAll("\\{\\w+}", "0"));
        if (words[1].equals("/tokens") && words[0].equals("POST")) {
            // Who may not make any is told so only if there is one to make, which here has ended before it began.
            return request.header("Content-Type", "application/json").body("""
                    {"name": "ended", "scopes": [{"repositories": "**", "actions": ["pull"]}],
                     "expiresAt": "2020-01-01T00:00:00Z"}""");
        }
        return words[0].equals("PUT") || words[0].equals("POST")
                ? request.header("Content-Type", "application/json").body("{}")
                : request;
    }

    @Test
    void theTableKnowsEveryKindOfOperation() {
        List<String> kinds = new ArrayList<>(FOR_EVERYBODY);
        kinds.addAll(FOR_USERS);
        kinds.addAll(FOR_USERS_KEPT_HERE);

        assertThat(operations()).containsAll(kinds).hasSizeGreaterThan(kinds.size());
    }

    /** Of the tokens of others nobody learns, administrators excepted. */
    @Test
    void tokensBelongToTheirOwners() {
        Keys.Key token = Keys.personal(server, Account.KEEPER, "private/**", "pull");

        for (Account other : List.of(Account.NOBODY, Account.PUSHER)) {
            assertThat(server.as(other).get("/api/v1/tokens").send().expect(200).text()).doesNotContain(token.id());
            server.as(other).get("/api/v1/tokens?owner=keeper").send().expect(403);
            server.as(other).delete("/api/v1/tokens/" + token.id()).send().expect(404);
        }
        assertThat(server.as(Account.KEEPER).get("/api/v1/tokens").send().expect(200).text())
                .contains(token.id())
                .doesNotContain(token.secret());
    }

    @Test
    void aRevokedTokenOpensNothing() {
        Keys.Key token = Keys.personal(server, Account.KEEPER, "private/**", "pull");
        server.as(Account.KEEPER).delete("/api/v1/tokens/" + token.id()).send().expect(204);

        server.http().authorized(token.basic()).get("/v2/").send().expect(401);
    }
}
