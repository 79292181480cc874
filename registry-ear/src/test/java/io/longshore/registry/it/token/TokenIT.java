package io.longshore.registry.it.token;

import static io.longshore.registry.it.token.TokenServer.ALICES_PASSWORD;
import static io.longshore.registry.it.token.TokenServer.SERVICE;
import static io.longshore.registry.it.token.TokenServer.basic;
import static io.longshore.registry.it.token.TokenServer.basicOfAlice;
import static io.longshore.registry.it.token.TokenServer.bearer;
import static io.longshore.registry.it.token.TokenServer.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.token.TokenServer.Challenge;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens and refresh tokens, asked for in the ways of the clients that there are, and what is refused. */
class TokenIT {
    private static final String TEAM = "repository:team/app:pull,push";

    private static Http http;

    @BeforeAll
    static void start() {
        http = TokenServer.shared().http();
    }

    private static Reply get(Map<String, String> query, String authorization) {
        return http.get("/auth/token?" + form(query)).header("Authorization", authorization).send();
    }

    private static Reply post(Map<String, String> fields) {
        return post(form(fields));
    }

    private static Reply post(String form) {
        return http.post("/auth/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(form)
                .send();
    }

    /** As distribution's client library, which is Docker's: a refresh token at login, tokens by it from then on. */
    @Test
    void dockerLogsInAndFetchesTokensFromThenOn() {
        Challenge challenge = Challenge.of(http.get("/v2/").send().expect(401));
        assertThat(challenge).isEqualTo(
                new Challenge(http.registry().resolve("/auth/token").toString(), SERVICE, null, null));

        Map<String, String> login = new LinkedHashMap<>();
        login.put("account", "alice");
        login.put("client_id", "docker");
        login.put("offline_token", "true");
        login.put("service", challenge.service());
        Reply loggedIn = get(login, basicOfAlice()).expect(200);
        http.get("/v2/").header("Authorization", bearer(loggedIn)).send().expect(200);

        Map<String, String> pull = new LinkedHashMap<>();
        pull.put("client_id", "docker");
        pull.put("grant_type", "refresh_token");
        pull.put("refresh_token", loggedIn.json().path("refresh_token").textValue());
        pull.put("scope", TEAM);
        pull.put("service", challenge.service());
        Reply token = post(pull).expect(200);
        assertThat(token.json().path("scope").textValue()).isEqualTo(TEAM);
        assertThat(token.json().has("refresh_token")).as("it keeps the one it has").isFalse();
    }

    /** POST with the password, and all scopes in one parameter. */
    @Test
    void containerdPostsThePassword() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("client_id", "containerd-client");
        fields.put("grant_type", "password");
        fields.put("password", ALICES_PASSWORD);
        fields.put("scope", TEAM + " repository:public/base:pull");
        fields.put("service", SERVICE);
        fields.put("username", "alice");
        Reply token = http.post("/auth/token")
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .header("User-Agent", "containerd/2.1.0")
                .body(form(fields))
                .send()
                .expect(200);

        assertThat(token.json().path("scope").textValue()).isEqualTo(TEAM + " repository:public/base:pull");
        assertThat(token.json().has("refresh_token")).isFalse();
    }

    /** GET without an account, and a parameter for each scope. */
    @Test
    void orasAsksForEachScopeByItself() {
        Reply token = http.get("/auth/token?scope=repository%3Apublic%2Fbase%3Apull"
                        + "&scope=repository%3Ateam%2Fapp%3Apull%2Cpush&service=" + SERVICE)
                .header("Authorization", basicOfAlice())
                .send()
                .expect(200);

        assertThat(token.json().path("scope").textValue())
                .isEqualTo("repository:public/base:pull repository:team/app:pull,push");
    }

    /** go-containerregistry asks for a refresh token with each push. */
    @Test
    void craneAsksByPostForARefreshTokenAtOnce() {
        Map<String, String> fields = Map.of(
                "grant_type", "password", "username", "alice", "password", ALICES_PASSWORD, "service", SERVICE,
                "access_type", "offline", "client_id", "go-containerregistry", "scope", TEAM);

        assertThat(post(fields).expect(200).json().path("refresh_token").textValue()).startsWith("lsf_");
    }

    @Test
    void theReplyHasBothNamesOfTheTokenAndWhenItEnds() {
        Instant before = Instant.now().minusSeconds(1);
        Reply token = get(Map.of("service", SERVICE, "scope", TEAM), basicOfAlice()).expect(200);
        JsonNode json = token.json();

        assertThat(token.header("Content-Type")).isEqualTo("application/json");
        assertThat(token.header("Cache-Control")).isEqualTo("no-store");
        assertThat(json.path("token").textValue()).isEqualTo(json.path("access_token").textValue());
        assertThat(json.path("token_type").textValue()).isEqualTo("Bearer");
        assertThat(json.path("expires_in").intValue()).isEqualTo(300);
        assertThat(Instant.parse(json.path("issued_at").textValue())).isBetween(before, Instant.now());
    }

    @Test
    void whoShowsNothingGetsATokenForWhatEverybodyMay() {
        Reply token = http.get("/auth/token?" + form(Map.of(
                        "service", SERVICE, "offline_token", "true",
                        "scope", "repository:public/base:pull,push repository:team/app:pull")))
                .send()
                .expect(200);

        assertThat(token.json().path("scope").textValue()).isEqualTo("repository:public/base:pull");
        assertThat(token.json().has("refresh_token")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "repository:team/app", "repository:TEAM:pull", "plugin:x:pull", "%00", "repository:**:*", "' or 1"
    })
    void whatIsNoScopeAsksForNothingAndIsNoFailure(String scope) {
        assertThat(get(Map.of("scope", scope), basicOfAlice()).expect(200).json().path("scope").textValue()).isEmpty();
    }

    @Test
    void aWrongPasswordIsAskedForAgain() {
        Reply refused = get(Map.of("service", SERVICE), basic("alice", "xyzzy")).expectError(401, "UNAUTHORIZED");

        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Basic realm=\"Longshore\", charset=\"UTF-8\"");
        assertThat(refused.text()).doesNotContain("xyzzy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "grant_type=password&username=alice&password=wrong         | invalid_grant          | UNAUTHORIZED",
        "grant_type=password&username=nobody&password=wrong        | invalid_grant          | UNAUTHORIZED",
        "grant_type=password&username=al%00ice&password=wrong      | invalid_grant          | UNAUTHORIZED",
        "grant_type=refresh_token&refresh_token=lsf_x              | invalid_grant          | UNAUTHORIZED",
        "grant_type=refresh_token&refresh_token=a.b.c              | invalid_grant          | UNAUTHORIZED",
        "grant_type=refresh_token                                  | invalid_request        | UNSUPPORTED",
        "grant_type=password&username=alice                        | invalid_request        | UNSUPPORTED",
        "grant_type=password&username=a&username=b&password=c      | invalid_request        | UNSUPPORTED",
        "grant_type=password&username=%zz&password=c               | invalid_request        | UNSUPPORTED",
        "username=alice&password=c                                 | invalid_request        | UNSUPPORTED",
        "''                                                        | invalid_request        | UNSUPPORTED",
        "{\"grant_type\":\"password\"}                             | invalid_request        | UNSUPPORTED",
        "grant_type=client_credentials                             | unsupported_grant_type | UNSUPPORTED",
        "grant_type=authorization_code&code=x                      | unsupported_grant_type | UNSUPPORTED"
    })
    void refusesFormsInTheWordsOfOAuthAndOfDocker(String form, String error, String code) {
        Reply refused = post(form).expect(400);

        assertThat(refused.header("Content-Type")).isEqualTo("application/json");
        assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
        assertThat(refused.json().path("error").textValue()).isEqualTo(error);
        assertThat(refused.json().path("error_description").textValue()).isNotBlank();
        assertThat(refused.json().path("errors").path(0).path("code").textValue()).isEqualTo(code);
        assertThat(refused.json().path("errors").path(0).path("message").textValue()).isNotBlank();
    }

    @Test
    void givesOutNoTokenForAnotherService() {
        Map<String, String> fields = Map.of(
                "grant_type", "password", "username", "alice", "password", ALICES_PASSWORD, "service", "other");

        assertThat(get(Map.of("service", "other"), basicOfAlice()).expect(400).json().path("error").textValue())
                .isEqualTo("invalid_target");
        assertThat(post(fields).expect(400).json().path("error").textValue()).isEqualTo("invalid_target");
        get(Map.of("service", ""), basicOfAlice()).expect(200);
    }

    @Test
    void refusesMoreThanAHundredScopes() {
        String scopes = "repository:team/app:pull ".repeat(101);

        assertThat(get(Map.of("scope", scopes), basicOfAlice()).expect(400).json().path("error").textValue())
                .isEqualTo("invalid_scope");
    }

    @Test
    void refusesAFormOfMoreThan64KiBHoweverItComes() {
        String form = "grant_type=password&x=" + "a".repeat(64 << 10);

        post(form).expect(413);
        http.post("/auth/token").chunked(form.getBytes(StandardCharsets.US_ASCII)).send().expect(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PUT", "DELETE", "PATCH"})
    void knowsNoOtherMethods(String method) {
        Reply refused = http.request(method, "/auth/token").header("Authorization", basicOfAlice()).send().expect(405);

        assertThat(refused.header("Allow")).contains("GET").contains("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/", "/auth/tokens", "/auth/token/x", "/auth/..%2ftoken", "/auth//token"})
    void hasNothingElse(String path) {
        assertThat(http.get(path).header("Authorization", basicOfAlice()).send().status()).isIn(400, 404);
    }
}
