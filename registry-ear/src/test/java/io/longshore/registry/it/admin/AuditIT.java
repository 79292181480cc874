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
class AuditIT {
    private final Api admin = AdminServer.administrator();

    private static List<String> acts(Reply reply, String reference) {
        List<String> acts = new ArrayList<>();
        for (JsonNode event : reply.expect(200).json().path("events")) {
            if (event.path("reference").asText().equals(reference)) {
                acts.add(event.path("act").textValue());
            }
        }
        return acts;
    }

    @Test
    void whatAdministratorsDoIsRecordedWithWhoAndFromWhere() {
        String name = Api.newName("audited");
        admin.post("/groups", "{\"name\": \"" + name + "\"}").expect(201);
        admin.post("/groups", "{\"name\": \"" + name + "\"}").expect(409);
        admin.request("PUT", "/groups/" + name + "/members/admin").send().expect(204);
        admin.delete("/groups/" + name + "/members/admin").expect(204);
        admin.delete("/groups/" + name).expect(204);

        Reply found = admin.get("/audit?actor=robot:root&act=group.");
        assertThat(acts(found, name))
                .containsExactly("group.delete", "group.member.remove", "group.member.add", "group.create");
        JsonNode newest = found.json().path("events").path(0);
        assertThat(newest.path("actor").textValue()).isEqualTo("robot:root");
        assertThat(newest.path("address").textValue()).isEqualTo("127.0.0.1");
        assertThat(newest.path("at").textValue()).isNotBlank();
        assertThat(newest.has("digest")).isFalse();
    }

    @Test
    void aRefusalIsRecordedTooAndOnceWhenItIsRepeated() {
        String name = Api.newName("curious");
        Api robot = admin.as("x", admin.post("/robots", "{\"name\": \"" + name + "\"}").expect(201)
                .json().path("secret").textValue());
        robot.get("/users").expect(403);
        robot.get("/rules").expect(403);

        JsonNode events = admin.get("/audit?actor=robot:" + name).expect(200).json().path("events");
        assertThat(events.size()).isEqualTo(1);
        assertThat(events.path(0).path("act").textValue()).isEqualTo("access.denied");
        assertThat(events.path(0).path("detail").textValue()).isEqualTo("administration");
    }

    @Test
    void leadsFromPageToPageAndKeepsWhatWasAskedFor() {
        String name = Api.newName("paged");
        for (int i = 0; i < 3; i++) {
            admin.post("/robots/root-x/secret", "").expect(404);
            admin.post("/groups", "{\"name\": \"" + name + i + "\"}").expect(201);
        }
        List<Long> ids = new ArrayList<>();
        String next = "/audit?n=2&act=group.create&actor=robot:root&from=2020-01-01T00:00:00Z";
        while (next != null) {
            Reply page = admin.get(next).expect(200);
            page.json().path("events").forEach(event -> {
                assertThat(event.path("act").textValue()).isEqualTo("group.create");
                ids.add(event.path("id").longValue());
            });
            next = page.optionalHeader("Link").map(link -> link.replaceAll("<(.*)>; rel=\"next\"", "$1")).orElse(null);
        }

        assertThat(ids).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "from=yesterday", "until=2027-01-31", "repository=A", "repository=", "last=x", "last=-1", "n=-1", "actor=%00",
        "act=%00", "address=%00", "actr=user:alice", "n=1&owner=alice"
    })
    void refusesWhatCannotBeAskedFor(String query) {
        Api.problem(admin.get("/audit?" + query), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "until=2020-01-01T00:00:00Z", "repository=nobody/pushed/this", "address=192.0.2.1", "actor=user:nobody",
        "act=nothing", "n=0"
    })
    void findsNothingWhereNothingFits(String query) {
        assertThat(admin.get("/audit?" + query).expect(200).text()).isEqualTo("{\"events\":[]}");
    }
}
