package io.longshore.registry.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.protocol.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AdminServer.class)
class GroupsIT {
    private final Api admin = AdminServer.administrator();
    private final String group = Api.newName("dev");
    private final String name = Api.newName("alice");

    private Api alice() {
        admin.post("/users", "{\"name\": \"" + name + "\", \"password\": \"correct horse\"}").expect(201);
        return admin.as(name, "correct horse");
    }

    private Reply made() {
        return admin.post("/groups", "{\"name\": \"" + group + "\", \"description\": \"who writes\"}");
    }

    @Test
    void aGroupIsMadeShownChangedAndDeleted() {
        Reply made = made().expect(201);

        assertThat(made.header("Location")).isEqualTo("/api/v1/groups/" + group);
        JsonNode shown = admin.get("/groups/" + group).expect(200).json();
        assertThat(shown).isEqualTo(made.json());
        assertThat(shown.path("members").intValue()).isZero();
        assertThat(admin.put("/groups/" + group, "{}").expect(200).json().has("description")).isFalse();
        assertThat(admin.get("/groups?n=1000").expect(200).text()).contains(group);
        Api.problem(made(), 409);
        admin.delete("/groups/" + group).expect(204);
        Api.problem(admin.get("/groups/" + group), 404);
    }

    @Test
    void whatIsForAGroupIsForItsMembers() {
        made().expect(201);
        Api alice = alice();
        admin.post("/rules", """
                {"subject": "group:%s", "repositories": "**", "actions": ["admin"]}""".formatted(group)).expect(201);
        alice.get("/users").expect(403);

        admin.request("PUT", "/groups/" + group + "/members/" + name).send().expect(204);

        alice.get("/users").expect(200);
        assertThat(alice.get("/whoami").strings("groups")).containsExactly(group);
        assertThat(admin.get("/groups/" + group + "/members").strings("members")).containsExactly(name);
        assertThat(admin.get("/users/" + name).strings("groups")).containsExactly(group);

        admin.delete("/groups/" + group + "/members/" + name).expect(204);
        alice.get("/users").expect(403);
        Api.problem(admin.delete("/groups/" + group + "/members/" + name), 404);
    }

    @Test
    void nobodyLeavesTheGroupThatMakesThemAnAdministrator() {
        made().expect(201);
        Api alice = alice();
        admin.request("PUT", "/groups/" + group + "/members/" + name).send().expect(204);
        admin.post("/rules", """
                {"subject": "group:%s", "repositories": "**", "actions": ["admin"]}""".formatted(group)).expect(201);

        Api.problem(alice.delete("/groups/" + group + "/members/" + name), 409);
        Api.problem(alice.delete("/groups/" + group), 409);
        alice.get("/users").expect(200);
        admin.delete("/groups/" + group).expect(204);
        alice.get("/users").expect(403);
    }

    @Test
    void onlyUsersWhoAreThereAreInAGroupThatIsThere() {
        made().expect(201);

        assertThat(Api.problem(admin.request("PUT", "/groups/" + group + "/members/nobody").send(), 404))
                .contains("no such user");
        assertThat(Api.problem(admin.request("PUT", "/groups/nothing/members/admin").send(), 404))
                .contains("no such group");
        Api.problem(admin.get("/groups/nothing/members"), 404);
    }
}
