package io.longshore.registry.it.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.protocol.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of replication, and their runs, against a registry that answers nothing. */
@ExtendWith(AdminServer.class)
class ReplicationIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String RULES = "/replication/rules";
    private static final String RUNS = "/replication/runs";

    private final Api admin = AdminServer.administrator();
    private final String name = Api.newName("copies");
    private final String path = RULES + '/' + name;
    /** Whoever connects waits. */
    private final ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    ReplicationIT() throws IOException {}

    @AfterEach
    void removeAll() throws IOException {
        admin.delete(path);
        silent.close();
    }

    private String url() {
        return "http://127.0.0.1:" + silent.getLocalPort();
    }

    private String settings(String more) {
        return "\"direction\": \"pull\", \"url\": \"" + url() + "\", \"repositories\": [\"" + name + "/*\"]" + more;
    }

    private Reply made(String more) {
        return admin.post(RULES, "{\"name\": \"" + name + "\", " + settings(more) + "}");
    }

    private long started() {
        return admin.post(path + "/runs", "{}").expect(202).json().path("id").longValue();
    }

    @Test
    void aRuleIsMadeChangedAndRemoved() {
        Reply made = made(", \"tags\": [\"v*\"], \"schedule\": \"0 3 * * *\"").expect(201);

        assertThat(made.header("Location")).isEqualTo("/api/v1" + path);
        assertThat(made.json().path("createdBy").textValue()).isEqualTo("robot:root");
        assertThat(made.json().path("nextAt").textValue()).endsWith("T03:00:00Z");
        assertThat(made.json().path("timeZone").textValue()).isEqualTo("Z");
        Api.problem(made(""), 409);
        assertThat(admin.get(RULES).expect(200).text()).contains(name);

        String other = "{" + settings(", \"enabled\": false, \"parallel\": 2") + "}";
        JsonNode changed = admin.put(path, other).expect(200).json();
        assertThat(changed.path("enabled").booleanValue()).isFalse();
        assertThat(changed.path("parallel").intValue()).isEqualTo(2);
        assertThat(changed.path("tags").isEmpty()).isTrue();
        assertThat(changed.has("nextAt")).isFalse();

        admin.delete(path).expect(204);
        Api.problem(admin.get(path), 404);
        assertThat(admin.get("/audit?act=replication.&n=1").json().path("events").path(0).path("act").textValue())
                .isEqualTo("replication.delete");
    }

    @Test
    void aPasswordIsNeverShown() {
        assertThat(made(", \"user\": \"bob\", \"password\": \"in-the-rule\"").expect(201).text())
                .contains("bob").doesNotContain("in-the-rule");
        admin.put(path, "{" + settings(", \"user\": \"bob\", \"tags\": [\"x\"]") + "}").expect(200);

        JsonNode shown = admin.get(path).expect(200).json();
        assertThat(shown.path("hasPassword").booleanValue()).isTrue();
        assertThat(shown.path("user").textValue()).isEqualTo("bob");
        Api.problem(
                admin.put(path, "{" + settings(", \"user\": \"bob\"").replace("127.0.0.1", "localhost") + "}"), 400);
        assertThat(admin.get(RULES).text()).doesNotContain("in-the-rule");
        assertThat(admin.get("/audit?act=replication.").text()).doesNotContain("in-the-rule");
        assertThat(AdminServer.shared().log()).doesNotContain("in-the-rule");
    }

    @Test
    void aRunIsBegunSeenAndCancelled() {
        made("").expect(201);

        Reply begun = admin.post(path + "/runs", "{\"dryRun\": true}").expect(202);
        long id = begun.json().path("id").longValue();
        assertThat(begun.header("Location")).isEqualTo("/api/v1" + RUNS + '/' + id);
        assertThat(begun.json().path("state").textValue()).isEqualTo("running");
        assertThat(begun.json().path("dryRun").booleanValue()).isTrue();
        assertThat(begun.json().path("startedBy").textValue()).isEqualTo("robot:root");
        Api.problem(admin.post(path + "/runs", "{}"), 409);
        await().atMost(PATIENCE).until(() -> !admin.get(RUNS + '/' + id + "/items?state=running")
                .expect(200).json().path("items").isEmpty());
        JsonNode item = admin.get(RUNS + '/' + id + "/items").expect(200).json().path("items").path(0);
        assertThat(item.path("kind").textValue()).isEqualTo("catalog");
        assertThat(item.has("repository")).isFalse();

        assertThat(admin.post(RUNS + '/' + id + "/cancel", "").expect(200).json().path("state").textValue())
                .isEqualTo("cancelled");

        Api.problem(admin.post(RUNS + '/' + id + "/cancel", ""), 409);
        assertThat(admin.get(RUNS + '/' + id).expect(200).json().has("endedAt")).isTrue();
        assertThat(admin.get(RUNS + '/' + id + "/items").json().path("items").isEmpty()).isTrue();
        JsonNode event = admin.get("/audit?act=replication.cancel&n=1").json().path("events").path(0);
        assertThat(event.path("detail").textValue()).isEqualTo("run " + id);
    }

    @Test
    void runsAreListedPageByPageTheNewestFirst() {
        made("").expect(201);
        long first = started();
        admin.post(RUNS + '/' + first + "/cancel", "").expect(200);
        long second = started();

        Reply page = admin.get(RUNS + "?rule=" + name + "&n=1").expect(200);
        assertThat(page.json().path("runs").path(0).path("id").longValue()).isEqualTo(second);
        Reply rest = admin.get(page.header("Link").replaceAll("<(.*)>.*", "$1")).expect(200);
        assertThat(rest.json().path("runs").size()).isEqualTo(1);
        assertThat(rest.json().path("runs").path(0).path("id").longValue()).isEqualTo(first);
        assertThat(rest.values("Link")).isEmpty();
        assertThat(admin.get(path).json().path("lastRun").path("id").longValue()).isEqualTo(second);
    }

    @Test
    void nothingIsThereOfWhatIsNot() {
        Api.problem(admin.get(RULES + "/nothing"), 404);
        Api.problem(admin.put(RULES + "/nothing", "{" + settings("") + "}"), 404);
        Api.problem(admin.delete(RULES + "/nothing"), 404);
        Api.problem(admin.post(RULES + "/nothing/runs", "{}"), 404);
        for (String id : List.of("0", "999999999999", "x", "9999999999999999999")) {
            Api.problem(admin.get(RUNS + '/' + id), 404);
            Api.problem(admin.get(RUNS + '/' + id + "/items"), 404);
            Api.problem(admin.post(RUNS + '/' + id + "/cancel", ""), 404);
        }
        assertThat(admin.get(RUNS + "?rule=nothing").expect(200).json().path("runs").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        ", \"onEvent\": true", ", \"schedule\": \"0 3 * *\"", ", \"versions\": \"x.y\"", ", \"parallel\": 0",
        ", \"newest\": \"5\"", ", \"password\": \"without-a-user\"", ", \"more\": 1", ", \"insecure\": true"
    })
    void refusesWhatIsNoRuleAndMakesNone(String more) {
        String detail = Api.problem(made(more), 400);

        assertThat(detail).doesNotContain("without-a-user");
        admin.get(path).expect(404);
    }

    @Test
    void refusesWhatIsNoList() {
        made("").expect(201);
        long id = started();

        Api.problem(admin.get(RUNS + "?last=x"), 400);
        Api.problem(admin.get(RUNS + '/' + id + "/items?state=gone"), 400);
        Api.problem(admin.get(RUNS + '/' + id + "/items?last=-1"), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPPER", "a b", "", "-a"})
    void refusesWhatIsNoName(String wrong) {
        Api.problem(admin.post(RULES, "{\"name\": \"" + wrong + "\", " + settings("") + "}"), 400);
    }
}
