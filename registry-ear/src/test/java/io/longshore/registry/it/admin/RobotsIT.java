package io.longshore.registry.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.protocol.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(AdminServer.class)
class RobotsIT {
    private final Api admin = AdminServer.administrator();
    private final String name = Api.newName("ci");

    private Reply made(String more) {
        return admin.post("/robots", "{\"name\": \"" + name + "\"" + more + "}");
    }

    private static String secret(Reply reply) {
        return reply.json().path("secret").textValue();
    }

    @Test
    void aRobotIsMadeAndItsSecretShownOnce() {
        Reply made = made(", \"description\": \"builds\", \"expiresAt\": \"2999-01-01T00:00:00Z\"").expect(201);

        assertThat(secret(made)).matches("lsr_[0-9A-Za-z]{61}");
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(made.header("Location")).isEqualTo("/api/v1/robots/" + name);
        JsonNode shown = admin.get("/robots/" + name).expect(200).json();
        assertThat(shown.has("secret")).isFalse();
        assertThat(shown.path("createdBy").textValue()).isEqualTo("robot:root");
        assertThat(shown.path("expiresAt").textValue()).isEqualTo("2999-01-01T00:00:00Z");
        assertThat(admin.get("/robots").text()).contains(name).doesNotContain("lsr_");
        Api.problem(made(""), 409);
        assertThat(AdminServer.shared().log()).doesNotContain(secret(made));
    }

    @Test
    void aRobotMayDoWhatItsScopesSay() {
        String secret = secret(made("""
                , "scopes": [{"repositories": "team/**", "actions": ["pull", "push"]}]""").expect(201));
        Api robot = admin.as("whatever", secret);

        robot.request("POST", "/v2/team/app/blobs/uploads/").send().expect(202);
        robot.request("POST", "/v2/other/app/blobs/uploads/").send().expect(403);
        robot.get("/users").expect(403);
        admin.as("", secret).get("/whoami").expect(200);
        assertThat(admin.get("/rules").text()).contains("\"robot:" + name + "\"");

        admin.delete("/robots/" + name).expect(204);
        robot.get("/v2/").expect(401);
        assertThat(admin.get("/rules").text()).doesNotContain("\"robot:" + name + "\"");
    }

    @Test
    void anotherSecretTakesThePlaceOfTheFirst() {
        String first = secret(made("").expect(201));
        String second = secret(admin.post("/robots/" + name + "/secret", "").expect(200));

        admin.as(name, first).get("/whoami").expect(401);
        assertThat(admin.as(name, second).get("/whoami").expect(200).json().path("subject").textValue())
                .isEqualTo("robot:" + name);
        Api.problem(admin.post("/robots/nothing/secret", ""), 404);
    }

    @Test
    void aRobotThatIsDisabledOrExpiredCannotLogIn() {
        Api robot = admin.as(name, secret(made("").expect(201)));
        robot.get("/whoami").expect(200);

        admin.put("/robots/" + name, "{\"disabled\": true}").expect(200);
        robot.get("/whoami").expect(401);

        admin.put("/robots/" + name, "{\"expiresAt\": \"2020-01-01T00:00:00Z\"}").expect(200);
        robot.get("/whoami").expect(401);

        admin.put("/robots/" + name, "{}").expect(200);
        robot.get("/whoami").expect(200);
    }

    @Test
    void robotsHaveNeitherTokensNorPasswords() {
        Api robot = admin.as(name, secret(made("").expect(201)));

        Api.problem(robot.get("/tokens"), 403);
        Api.problem(robot.post("/tokens", """
                {"name": "x", "scopes": [{"repositories": "**", "actions": ["pull"]}]}"""), 403);
        Api.problem(robot.put("/password", "{\"oldPassword\": \"x\", \"newPassword\": \"battery staple\"}"), 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        ", \"expiresAt\": \"2020-01-01T00:00:00Z\"",
        ", \"expiresAt\": \"tomorrow\"",
        ", \"scopes\": {}",
        ", \"scopes\": [{\"repositories\": \"team/**\"}]",
        ", \"scopes\": [{\"repositories\": \"team/**\", \"actions\": []}]",
        ", \"scopes\": [{\"repositories\": \"team/**\", \"actions\": [\"write\"]}]",
        ", \"scopes\": [{\"repositories\": \"Team\", \"actions\": [\"pull\"]}]",
        ", \"secret\": \"lsr_x\"",
    })
    void refusesWhatIsNoRobotAndMakesNone(String more) {
        Api.problem(made(more), 400);
        admin.get("/robots/" + name).expect(404);
    }
}
