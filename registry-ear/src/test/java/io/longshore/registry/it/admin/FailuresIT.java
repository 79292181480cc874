package io.longshore.registry.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Request;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong is told in problem details, and who may not do something does not. */
@ExtendWith(AdminServer.class)
class FailuresIT {
    private final Api admin = AdminServer.administrator();

    @ParameterizedTest
    @CsvSource({
        "GET, /users", "POST, /users", "GET, /users/admin", "PUT, /users/admin", "DELETE, /users/admin",
        "PUT, /users/admin/password", "GET, /groups", "POST, /groups", "GET, /groups/x", "PUT, /groups/x",
        "DELETE, /groups/x", "GET, /groups/x/members", "PUT, /groups/x/members/admin",
        "DELETE, /groups/x/members/admin", "GET, /robots", "POST, /robots", "GET, /robots/root", "PUT, /robots/root",
        "DELETE, /robots/root", "POST, /robots/root/secret", "GET, /rules", "POST, /rules", "GET, /rules/1",
        "PUT, /rules/1", "DELETE, /rules/1", "GET, /audit", "GET, /readonly", "PUT, /readonly",
        "GET, /tokens?owner=*", "GET, /webhooks", "POST, /webhooks", "GET, /webhooks/x", "PUT, /webhooks/x",
        "DELETE, /webhooks/x", "POST, /webhooks/x/pause", "POST, /webhooks/x/resume", "POST, /webhooks/x/ping",
        "GET, /webhooks/x/dead-letters", "DELETE, /webhooks/x/dead-letters", "POST, /webhooks/x/replay",
        "GET, /webhooks/x/attempts"
    })
    void onlyAdministratorsMayDoThis(String method, String path) {
        for (Api other : new Api[] {admin.anonymous(), admin.as("ci", robot())}) {
            Request request = other.request(method, path);
            if (!method.equals("GET") && !method.equals("DELETE") && !path.contains("/members/")) {
                request.header("Content-Type", "application/json").body("{}");
            }
            Reply reply = request.send();
            boolean anonymous = reply.status() == 401;
            Api.problem(reply, anonymous ? 401 : 403);
            assertThat(reply.optionalHeader("WWW-Authenticate").isPresent()).isEqualTo(anonymous);
        }
        admin.get("/users/admin").expect(200);
    }

    private String robot() {
        return admin.post("/robots", "{\"name\": \"" + Api.newName("nobody") + "\"}").expect(201)
                .json().path("secret").textValue();
    }

    @ParameterizedTest
    @CsvSource({"GET, /tokens", "POST, /tokens", "DELETE, /tokens/x", "PUT, /password"})
    void whoShowsNothingHasNothing(String method, String path) {
        Request request = admin.anonymous().request(method, path);
        if (method.startsWith("P")) {
            request.header("Content-Type", "application/json").body("{}");
        }
        Reply reply = request.send();

        Api.problem(reply, 401);
        assertThat(reply.header("WWW-Authenticate")).startsWith("Basic realm=");
    }

    @Test
    void anybodyMayAskWhoTheyAre() {
        JsonNode self = admin.anonymous().get("/whoami").expect(200).json();

        assertThat(self.path("subject").textValue()).isEqualTo("anonymous");
        assertThat(self.path("administrator").booleanValue()).isFalse();
        assertThat(self.path("grants").size()).isZero();
        assertThat(self.has("source")).isFalse();
    }

    @Test
    void aWrongPasswordIsAFailureEverywhere() {
        Api.problem(admin.as("admin", "wrong").get("/whoami"), 401);
        Api.problem(admin.as("nobody", "wrong").get("/openapi.yaml"), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v2/users", "/apis"})
    void whatIsNotThereIsNotFound(String path) {
        Reply reply = admin.get(path);

        reply.expect(404);
        if (!path.equals("/apis")) {
            Api.problem(reply, 404);
        }
    }

    @Test
    void saysWhichMethodsThereAre() {
        Reply reply = admin.request("PATCH", "/users/admin").header("Content-Type", "application/json")
                .body("{}")
                .send();

        Api.problem(reply, 405);
        assertThat(reply.header("Allow").split(",\\s*")).contains("GET", "PUT", "DELETE");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", "application/xml",
        "application/json-seq", "application/problem+json", "*/*", "nonsense"
    })
    void takesJsonOnly(String type) {
        String name = Api.newName("form");
        String body = "{\"name\": \"" + name + "\"}";

        Reply reply = admin.request("POST", "/groups").header("Content-Type", type).body(body).send();
        assertThat(reply.status()).isIn(400, 415);
        Api.problem(reply, reply.status());
        Api.problem(admin.request("PUT", "/readonly").header("Content-Type", type).body("{\"enabled\":true}").send(),
                reply.status());
        admin.get("/groups/" + name).expect(404);
    }

    /** A browser sends this without asking, for any site that a person with the browser's credentials visits. */
    @Test
    void takesNoPostWithoutAType() {
        String secret = robot();

        Api.problem(admin.request("POST", "/groups").body("{\"name\": \"form\"}").send(), 415);
        Api.problem(admin.request("POST", "/robots/root/secret").send(), 415);
        Api.problem(admin.request("POST", "/robots/root/secret")
                .header("Content-Type", "application/x-www-form-urlencoded").send(), 415);
        admin.as("x", secret).get("/whoami").expect(200);
        admin.get("/whoami").expect(200);
    }

    @Test
    void saysNoToBrowsersThatAskForOtherSites() {
        Reply reply = admin.anonymous().request("OPTIONS", "/users")
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "PUT")
                .send();

        assertThat(reply.headers().keySet()).noneMatch(name -> name.toLowerCase().startsWith("access-control"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"name\": \"a\"} {}", "{\"name\": \"a\", \"name\": \"b\"}"})
    void refusesWhatIsNoJsonObject(String body) {
        assertThat(Api.problem(admin.post("/groups", body), 400)).contains("the body of the request");
    }

    @Test
    void refusesWhatIsTooLarge() {
        Api.problem(admin.post("/groups", "{\"description\": \"" + "x".repeat(70_000) + "\"}"), 413);
        admin.get("/whoami").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/users/%00", "/users/a%2Fb", "/users/..", "/users/a;b", "/users//", "/users/%c3", "/users/A"
    })
    void refusesStrangeNames(String path) {
        Reply reply = admin.get(path);

        assertThat(reply.status()).isIn(400, 404);
        Api.problem(reply, reply.status());
    }

    @Test
    void everyReplyKeepsBrowsersFromMakingMoreOfIt() {
        for (Reply reply : new Reply[] {admin.get("/whoami"), admin.get("/nothing"), admin.anonymous().get("/users")}) {
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("Content-Security-Policy")).contains("default-src 'none'");
            assertThat(reply.headers()).doesNotContainKey("Docker-Distribution-Api-Version");
        }
    }

    @Test
    void headIsAnsweredWhereverGetIs() {
        Reply reply = admin.request("HEAD", "/whoami").send().expect(200);

        assertThat(reply.contentLength()).isPositive();
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void theDescriptionIsServedWithTheApi() {
        Reply reply = admin.anonymous().get("/openapi.yaml").expect(200);

        assertThat(reply.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(reply.text()).startsWith("openapi: 3.1.0\n");
    }

    @Test
    void nothingIsThereAboutUsersWhereNoneAreKept() {
        try (RegistryServer server = RegistryServer.start(Map.of())) {
            Api open = new Api(server, "x", "y").anonymous();
            Api.problem(open.get("/users"), 404);
            Api.problem(open.get("/groups"), 404);
            assertThat(open.get("/whoami").expect(200).json().path("administrator").booleanValue()).isTrue();
            assertThat(server.data().resolve("initial-admin-password")).doesNotExist();
        }
    }
}
