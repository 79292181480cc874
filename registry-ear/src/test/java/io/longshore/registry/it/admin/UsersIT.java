package io.longshore.registry.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.protocol.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(AdminServer.class)
class UsersIT {
    private static final String PASSWORD = "correct horse";
    private final Api admin = AdminServer.administrator();

    private String user(String hint) {
        String name = Api.newName(hint);
        admin.post("/users", "{\"name\": \"" + name + "\", \"password\": \"" + PASSWORD + "\"}").expect(201);
        return name;
    }

    @Test
    void theFirstAdministratorLogsInByThePasswordThatTheServerLeft() throws Exception {
        Path file = AdminServer.shared().data().resolve("initial-admin-password");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        JsonNode self = AdminServer.byPassword().get("/whoami").expect(200).json();
        assertThat(self.path("subject").textValue()).isEqualTo("user:admin");
        assertThat(self.path("administrator").booleanValue()).isTrue();
        assertThat(AdminServer.shared().output())
                .contains(file.toString())
                .doesNotContain(AdminServer.initialPassword(AdminServer.shared()));
        assertThat(AdminServer.shared().log()).doesNotContain(AdminServer.initialPassword(AdminServer.shared()));
    }

    @Test
    void aUserIsMadeShownChangedAndDeleted() {
        String name = Api.newName("alice");
        Reply made = admin.post("/users", """
                {"name": "%s", "password": "%s", "email": "a@example.com", "description": "of sales"}"""
                .formatted(name, PASSWORD)).expect(201);

        assertThat(made.header("Location")).isEqualTo("/api/v1/users/" + name);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(made.text()).doesNotContain(PASSWORD, "PBKDF2");
        JsonNode shown = admin.get(made.header("Location")).expect(200).json();
        assertThat(shown).isEqualTo(made.json());
        assertThat(shown.path("email").textValue()).isEqualTo("a@example.com");
        assertThat(shown.path("disabled").booleanValue()).isFalse();

        JsonNode changed = admin.put("/users/" + name, "{\"description\": \"gone\"}").expect(200).json();
        assertThat(changed.has("email")).isFalse();
        assertThat(changed.path("description").textValue()).isEqualTo("gone");

        admin.delete("/users/" + name).expect(204);
        Api.problem(admin.get("/users/" + name), 404);
        Api.problem(admin.delete("/users/" + name), 404);
    }

    @Test
    void aUserIsNotMadeTwice() {
        String name = user("alice");

        Reply again = admin.post("/users", "{\"name\": \"" + name + "\", \"password\": \"another one\"}");
        assertThat(Api.problem(again, 409)).contains("a user of this name", name);
        admin.as(name, PASSWORD).get("/whoami").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}",
        "{\"name\": \"bob\"}",
        "{\"name\": \"bob\", \"password\": \"short\"}",
        "{\"name\": \"bob-bob-bob\", \"password\": \"bob-bob-bob\"}",
        "{\"name\": \"Bob\", \"password\": \"correct horse\"}",
        "{\"name\": \"a:b\", \"password\": \"correct horse\"}",
        "{\"name\": 5, \"password\": \"correct horse\"}",
        "{\"name\": \"bob\", \"password\": \"correct horse\", \"admin\": true}",
        "{\"name\": \"bob\", \"password\": \"correct horse\", \"disabled\": \"no\"}",
        "{\"name\": \"bob\", \"password\": \"correct horse\", \"email\": \"bob\"}",
        "{\"name\": \"bob\", \"password\": \"correct horse\", \"description\": \"a\\u0000\"}",
        "{\"name\": \"bob\", \"name\": \"carol\", \"password\": \"correct horse\"}",
    })
    void refusesWhatIsNoUserAndChangesNothing(String body) {
        assertThat(Api.problem(admin.post("/users", body), 400)).doesNotContain("correct horse");
        admin.get("/users/bob").expect(404);
    }

    @Test
    void aUserWhoIsDisabledCannotLogIn() {
        String name = user("alice");
        Api alice = admin.as(name, PASSWORD);
        alice.get("/whoami").expect(200);

        admin.put("/users/" + name, "{\"disabled\": true}").expect(200);
        Api.problem(alice.get("/whoami"), 401);
        alice.get("/v2/").expect(401);

        admin.put("/users/" + name, "{\"disabled\": false}").expect(200);
        alice.get("/whoami").expect(200);
    }

    @Test
    void anAdministratorSetsPasswords() {
        String name = user("alice");
        admin.put("/users/" + name + "/password", "{\"password\": \"battery staple\"}").expect(204);

        admin.as(name, PASSWORD).get("/whoami").expect(401);
        admin.as(name, "battery staple").get("/whoami").expect(200);
        Api.problem(admin.put("/users/" + name + "/password", "{\"password\": \"short\"}"), 400);
    }

    @Test
    void aUserChangesTheOwnPassword() {
        String name = user("alice");
        Api alice = admin.as(name, PASSWORD);

        Reply wrong = alice.put("/password", "{\"oldPassword\": \"wrong one\", \"newPassword\": \"battery staple\"}");
        assertThat(Api.problem(wrong, 403)).contains("the old password is wrong");
        JsonNode failure = admin.get("/audit?act=login.failure&n=1").expect(200).json().path("events").path(0);
        assertThat(failure.path("reference").textValue()).isEqualTo(name);
        assertThat(failure.path("detail").textValue()).isEqualTo("the old password");
        alice.put("/password", "{\"oldPassword\": \"correct horse\", \"newPassword\": \"battery staple\"}").expect(204);

        alice.get("/whoami").expect(401);
        admin.as(name, "battery staple").get("/whoami").expect(200);
    }

    @Test
    void nobodyDisablesOrDeletesThemselves() {
        Api self = AdminServer.byPassword();

        Api.problem(self.put("/users/admin", "{\"disabled\": true}"), 409);
        Api.problem(self.delete("/users/admin"), 409);
        self.get("/whoami").expect(200);
    }

    @Test
    void listsUsersPageByPage() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            names.add(user("zz" + i));
        }
        List<String> seen = new ArrayList<>();
        String next = "/users?n=2&last=zz";
        while (next != null) {
            Reply page = admin.get(next).expect(200);
            page.json().path("users").forEach(user -> seen.add(user.path("name").textValue()));
            next = page.optionalHeader("Link").map(link -> link.replaceAll("<(.*)>; rel=\"next\"", "$1")).orElse(null);
        }

        assertThat(seen).containsAll(names).isSorted();
        Api.problem(admin.get("/users?n=x"), 400);
    }
}
