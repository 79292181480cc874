package io.longshore.registry.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(AdminServer.class)
class TokensIT {
    private static final String PULL = "\"scopes\": [{\"repositories\": \"team/**\", \"actions\": [\"pull\"]}]";

    private final Api admin = AdminServer.administrator();
    private final String name = Api.newName("alice");
    private final Api alice = user(name);

    private Api user(String user) {
        admin.post("/users", "{\"name\": \"" + user + "\", \"password\": \"correct horse\"}").expect(201);
        admin.post("/rules", """
                {"subject": "user:%s", "repositories": "team/**", "actions": ["pull", "push"]}""".formatted(user))
                .expect(201);
        return admin.as(user, "correct horse");
    }

    private Reply made(String title) {
        return alice.post("/tokens", "{\"name\": \"" + title + "\", " + PULL + "}");
    }

    private static List<String> ids(Reply reply) {
        List<String> ids = new ArrayList<>();
        reply.expect(200).json().path("tokens").forEach(token -> ids.add(token.path("id").textValue()));
        return ids;
    }

    @Test
    void aTokenIsMadeAndShownOnce() {
        Reply made = made("laptop").expect(201);
        JsonNode token = made.json();

        assertThat(token.path("secret").textValue()).matches("lsp_[0-9A-Za-z]{61}");
        assertThat(token.path("secret").textValue()).contains(token.path("id").textValue());
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(token.path("owner").textValue()).isEqualTo(name);
        assertThat(token.path("source").textValue()).isEqualTo("users");
        assertThat(ids(alice.get("/tokens"))).containsExactly(token.path("id").textValue());
        assertThat(alice.get("/tokens").text()).contains("laptop").doesNotContain("lsp_");
        Api.problem(made("laptop"), 409);
        assertThat(AdminServer.shared().log()).doesNotContain(token.path("secret").textValue());
    }

    @Test
    void aTokenDoesNotDoMoreThanItsScopesAndItsOwner() {
        Api token = admin.as(name, made("laptop").json().path("secret").textValue());

        token.get("/v2/team/app/tags/list").expect(404);
        assertThat(token.request("POST", "/v2/team/app/blobs/uploads/").send().expect(403).text())
                .contains("the token of user:" + name + " may not push team/app");
        token.get("/v2/other/tags/list").expect(403);
        JsonNode self = token.get("/whoami").expect(200).json();
        assertThat(self.path("subject").textValue()).isEqualTo("user:" + name);
        assertThat(self.path("source").textValue()).isEqualTo("tokens");
        assertThat(self.path("limits").toString())
                .isEqualTo("[{\"actions\":[\"pull\"],\"repositories\":\"team/**\"}]");

        String all = "\"scopes\": [{\"repositories\": \"**\", \"actions\": [\"admin\"]}]";
        Api whole = admin.as(name, alice.post("/tokens", "{\"name\": \"all\", " + all + "}").expect(201)
                .json().path("secret").textValue());
        whole.request("POST", "/v2/team/app/blobs/uploads/").send().expect(202);
        whole.get("/v2/other/tags/list").expect(403);
        assertThat(alice.get("/v2/other/tags/list").expect(403).text())
                .contains("\"user:" + name + " may not pull other\"");
        whole.get("/users").expect(403);
    }

    @Test
    void aTokenMakesNoTokensAndChangesNoPassword() {
        Api token = admin.as(name, made("laptop").json().path("secret").textValue());

        Api.problem(token.post("/tokens", "{\"name\": \"child\", " + PULL + "}"), 403);
        Api.problem(token.get("/tokens"), 403);
        Api.problem(token.put("/password", """
                {"oldPassword": "correct horse", "newPassword": "battery staple"}"""), 403);
    }

    @Test
    void anOwnerRevokesTheOwnTokensOnly() {
        JsonNode made = made("laptop").json();
        Api token = admin.as(name, made.path("secret").textValue());
        Api bob = user(Api.newName("bob"));

        Api.problem(bob.delete("/tokens/" + made.path("id").textValue()), 404);
        token.get("/whoami").expect(200);
        alice.delete("/tokens/" + made.path("id").textValue()).expect(204);
        token.get("/whoami").expect(401);
        Api.problem(alice.delete("/tokens/" + made.path("id").textValue()), 404);
    }

    @Test
    void anAdministratorSeesAndRevokesThoseOfAll() {
        String id = made("laptop").json().path("id").textValue();

        assertThat(ids(admin.get("/tokens?owner=" + name))).containsExactly(id);
        assertThat(ids(admin.get("/tokens?owner=*"))).contains(id);
        Api.problem(alice.get("/tokens?owner=" + name), 403);
        Api.problem(alice.get("/tokens?owner=*"), 403);
        admin.delete("/tokens/" + id).expect(204);
        assertThat(ids(alice.get("/tokens"))).isEmpty();
    }

    @Test
    void theLinkToTheNextPageKeepsTheOwner() {
        made("one").expect(201);
        made("two").expect(201);
        Reply first = admin.get("/tokens?n=1&owner=" + name).expect(200);
        String next = first.header("Link").replaceAll("<(.*)>; rel=\"next\"", "$1");

        assertThat(ids(admin.get(next))).hasSize(1).doesNotContainAnyElementsOf(ids(first));
    }

    @Test
    void tokensGoWithTheirOwner() {
        Api token = admin.as(name, made("laptop").json().path("secret").textValue());
        admin.put("/users/" + name, "{\"disabled\": true}").expect(200);
        token.get("/whoami").expect(401);
        admin.put("/users/" + name, "{}").expect(200);
        token.get("/whoami").expect(200);

        admin.delete("/users/" + name).expect(204);
        token.get("/whoami").expect(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{" + PULL + "}",
        "{\"name\": \"\", " + PULL + "}",
        "{\"name\": \"x\"}",
        "{\"name\": \"x\", \"scopes\": []}",
        "{\"name\": \"x\", \"scopes\": [{\"repositories\": \"**\", \"actions\": []}]}",
        "{\"name\": \"x\", \"expiresAt\": \"2020-01-01T00:00:00Z\", " + PULL + "}",
        "{\"name\": \"x\", \"expiresAt\": \"2999-01-01T00:00:00Z\", " + PULL + "}",
        "{\"name\": \"x\", \"owner\": \"admin\", " + PULL + "}",
    })
    void refusesWhatIsNoTokenAndMakesNone(String body) {
        Api.problem(alice.post("/tokens", body), 400);
        assertThat(ids(alice.get("/tokens"))).isEmpty();
    }
}
