package io.longshore.registry.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(AdminServer.class)
class RulesIT {
    private final Api admin = AdminServer.administrator();
    private final String subject = "user:" + Api.newName("alice");

    private Reply made(String actions) {
        return admin.post("/rules", """
                {"subject": "%s", "repositories": "team/**", "actions": %s}""".formatted(subject, actions));
    }

    @Test
    void aRuleIsMadeShownChangedAndDeleted() {
        Reply made = made("[\"push\", \"pull\"]").expect(201);
        String path = made.header("Location");

        assertThat(path).isEqualTo("/api/v1/rules/" + made.json().path("id").longValue());
        assertThat(made.strings("actions")).containsExactly("pull", "push");
        assertThat(admin.get(path).expect(200).json()).isEqualTo(made.json());
        assertThat(made.json().path("createdBy").textValue()).isEqualTo("robot:root");
        Api.problem(made("[\"pull\"]"), 409);

        JsonNode changed = admin.put(path, """
                {"subject": "%s", "repositories": "team/*", "actions": ["delete"]}""".formatted(subject))
                .expect(200).json();
        assertThat(changed.path("repositories").textValue()).isEqualTo("team/*");
        admin.delete(path).expect(204);
        Api.problem(admin.get(path), 404);
        Api.problem(admin.delete(path), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rules/0", "/rules/x", "/rules/99999999999999999999", "/rules/-1"})
    void thereIsNoSuchRule(String path) {
        Api.problem(admin.get(path), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}",
        "{\"subject\": \"alice\", \"repositories\": \"**\", \"actions\": [\"pull\"]}",
        "{\"subject\": \"user:\", \"repositories\": \"**\", \"actions\": [\"pull\"]}",
        "{\"subject\": \"user:a\", \"repositories\": \"\", \"actions\": [\"pull\"]}",
        "{\"subject\": \"user:a\", \"repositories\": \"A\", \"actions\": [\"pull\"]}",
        "{\"subject\": \"user:a\", \"repositories\": \"**\", \"actions\": []}",
        "{\"subject\": \"user:a\", \"repositories\": \"**\", \"actions\": \"pull\"}",
        "{\"subject\": \"user:a\", \"repositories\": \"**\", \"actions\": [\"PULL\"]}",
        "{\"subject\": \"user:a\", \"repositories\": \"**\", \"actions\": [\"pull\"], \"id\": 1}",
    })
    void refusesWhatIsNoRule(String body) {
        Api.problem(admin.post("/rules", body), 400);
    }

    @Test
    void listsRulesPageByPageInTheirOrder() {
        made("[\"pull\"]").expect(201);
        List<Long> seen = new ArrayList<>();
        String next = "/rules?n=2";
        while (next != null) {
            Reply page = admin.get(next).expect(200);
            page.json().path("rules").forEach(rule -> seen.add(rule.path("id").longValue()));
            next = page.optionalHeader("Link").map(link -> link.replaceAll("<(.*)>; rel=\"next\"", "$1")).orElse(null);
        }

        assertThat(seen).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(2);
        Api.problem(admin.get("/rules?last=x"), 400);
    }

    @Test
    void nobodyTakesTheirOwnAdministrationAway() {
        Api self = AdminServer.byPassword();
        long id = 0;
        for (JsonNode rule : self.get("/rules").json().path("rules")) {
            if (rule.path("subject").textValue().equals("user:admin")) {
                id = rule.path("id").longValue();
            }
        }

        Api.problem(self.delete("/rules/" + id), 409);
        Api.problem(self.put("/rules/" + id, """
                {"subject": "user:admin", "repositories": "**", "actions": ["pull"]}"""), 409);
        Api.problem(self.put("/rules/" + id, """
                {"subject": "user:other", "repositories": "**", "actions": ["admin"]}"""), 409);
        self.put("/rules/" + id, """
                {"subject": "user:admin", "repositories": "**", "actions": ["admin", "pull"]}""").expect(200);
        self.get("/users").expect(200);
    }

    @Test
    void showsTheRulesOfTheConfigurationAndLetsTheirAdministratorsIn() {
        try (RegistryServer server = RegistryServer.start(Map.of(
                "REGISTRY_AUTH_USERS_ENABLED", "true",
                "REGISTRY_AUTH_USERS_ADMINISTRATOR", "chief",
                "REGISTRY_AUTH_ADMINS", "[user:chief]",
                "REGISTRY_AUTH_ANONYMOUS", "pull"))) {
            Api chief = new Api(server, "chief", AdminServer.initialPassword(server));
            JsonNode rules = chief.get("/rules").expect(200).json();
            assertThat(rules.path("configured").toString())
                    .contains("\"subject\":\"anonymous\"", "\"subject\":\"user:chief\"").doesNotContain("\"id\"");

            // Who is an administrator by the configuration can do without the rule.
            chief.delete("/rules/" + rules.path("rules").path(0).path("id").longValue()).expect(204);
            chief.get("/rules").expect(200);
        }
    }
}
