package io.longshore.registry.it.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.protocol.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(AdminServer.class)
class WebhooksIT {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String HEADERS = ", \"headers\": {\"Authorization\": \"Bearer in-a-header\"}";

    private final Api admin = AdminServer.administrator();
    private final String name = Api.newName("hook");
    private final String path = "/webhooks/" + name;
    private final String repository = Api.newName("hooks/app");
    private final Receiver receiver = new Receiver();

    @AfterEach
    void removeAll() {
        admin.delete(path);
        receiver.close();
    }

    private Reply made(String more) {
        return admin.post("/webhooks", "{\"name\": \"" + name + "\", \"url\": \"" + receiver.url() + "\"" + more + "}");
    }

    /** Told of manifests of a repository that no other test uses. */
    private void makeForManifests(String more) {
        made(", \"actions\": [\"manifest.push\"], \"repositories\": [\"" + repository + "\"]" + more).expect(201);
    }

    private Api pusher() {
        String secret = admin.post("/robots", """
                        {"name": "%s", "scopes": [{"repositories": "hooks/**", "actions": ["pull", "push"]}]}"""
                        .formatted(Api.newName("pusher")))
                .expect(201).json().path("secret").textValue();
        return admin.as("x", secret);
    }

    private void push(Api pusher, String tag) {
        String index = """
                {"schemaVersion": 2, "mediaType": "%s", "manifests": [], "annotations": {"tag": "%s"}}"""
                .formatted(INDEX, tag);
        pusher.request("PUT", "/v2/" + repository + "/manifests/" + tag)
                .header("Content-Type", INDEX).body(index).send().expect(201);
    }

    private JsonNode shown() {
        return admin.get(path).expect(200).json();
    }

    private void awaitField(String field, int value) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(shown().path(field).intValue()).as(field).isEqualTo(value));
    }

    private static List<String> names(JsonNode array) {
        List<String> names = new ArrayList<>();
        array.forEach(item -> names.add(item.textValue()));
        return names;
    }

    @Test
    void anEndpointIsMadeAndItsSecretsAreNotShownAgain() {
        Reply made = made(HEADERS).expect(201);

        String secret = made.json().path("secret").textValue();
        assertThat(secret).matches("whsec_[0-9A-Za-z+/]{43}=");
        assertThat(made.header("Location")).isEqualTo("/api/v1" + path);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        JsonNode shown = shown();
        assertThat(shown.has("secret")).isFalse();
        assertThat(shown.path("url").textValue()).isEqualTo(receiver.origin());
        assertThat(names(shown.path("headers"))).containsExactly("Authorization");
        assertThat(shown.path("signed").booleanValue()).isTrue();
        assertThat(shown.path("configured").booleanValue()).isFalse();
        assertThat(shown.path("state").textValue()).isEqualTo("active");
        assertThat(shown.path("timeout").textValue()).isEqualTo("1s");
        assertThat(shown.path("giveUp").textValue()).isEqualTo("72h");
        assertThat(shown.path("createdBy").textValue()).isEqualTo("robot:root");
        assertThat(admin.get("/webhooks").expect(200).text())
                .contains(name).doesNotContain("in-the-path", "in-a-header", secret);
        assertThat(admin.get("/audit?act=webhook.").text()).doesNotContain("in-the-path", "in-a-header", secret);
        assertThat(AdminServer.shared().log()).doesNotContain("in-the-path", "in-a-header", secret);
        Api.problem(made(""), 409);
    }

    @Test
    void anEndpointIsChangedAndKeepsWhatCannotBeReadBack() throws Exception {
        makeForManifests(HEADERS);

        JsonNode changed = admin.put(path, "{\"threshold\": 3, \"format\": \"cloudevents\"}").expect(200).json();

        assertThat(changed.path("threshold").intValue()).isEqualTo(3);
        assertThat(changed.path("format").textValue()).isEqualTo("cloudevents");
        assertThat(names(changed.path("repositories"))).containsExactly("**");
        assertThat(changed.has("secret")).isFalse();
        assertThat(names(changed.path("headers"))).containsExactly("Authorization");
        assertThat(admin.post(path + "/ping", "").expect(200).json().path("received").booleanValue()).isTrue();
        Receiver.Told told = receiver.next();
        assertThat(told.headers().getFirst("Authorization")).isEqualTo("Bearer in-a-header");
        assertThat(told.headers().containsKey("Webhook-Signature")).isTrue();

        JsonNode unsigned = admin.put(path, "{\"headers\": {}, \"sign\": false}").expect(200).json();
        assertThat(names(unsigned.path("headers"))).isEmpty();
        assertThat(unsigned.path("signed").booleanValue()).isFalse();
    }

    @Test
    void aPingSaysWhatTheReceiverSaid() throws Exception {
        makeForManifests(HEADERS);
        admin.post(path + "/pause", "").expect(204);

        JsonNode ping = admin.post(path + "/ping", "").expect(200).json();
        assertThat(ping.path("received").booleanValue()).isTrue();
        assertThat(ping.path("status").intValue()).isEqualTo(200);
        assertThat(ping.has("latencyMillis")).isTrue();
        assertThat(receiver.next().event().path("action").textValue()).isEqualTo("ping");
        assertThat(admin.get("/audit?act=webhook.ping&n=1").json().path("events").path(0).path("reference").textValue())
                .isEqualTo(path.substring(path.lastIndexOf('/') + 1));

        receiver.answers(503);
        JsonNode failed = admin.post(path + "/ping", "").expect(200).json();
        assertThat(failed.path("received").booleanValue()).isFalse();
        assertThat(failed.path("status").intValue()).isEqualTo(503);
        assertThat(failed.path("detail").textValue()).contains("status 503");
    }

    @Test
    void aPingThatIsNotAnsweredIsNotWaitedForLongerThanAnyRequest() {
        makeForManifests(", \"timeout\": \"200ms\"");
        receiver.hangs();

        JsonNode ping = admin.post(path + "/ping", "").expect(200).json();

        assertThat(ping.path("received").booleanValue()).isFalse();
        assertThat(ping.has("status")).isFalse();
        assertThat(ping.path("detail").textValue()).isNotBlank();
    }

    @Test
    void whatHappensIsToldAndToldAgain() throws Exception {
        makeForManifests("");
        push(pusher(), "v1");

        JsonNode event = receiver.next().event();
        assertThat(event.path("target").path("tag").textValue()).isEqualTo("v1");
        awaitField("received", 1);
        assertThat(shown().path("lastStatus").intValue()).isEqualTo(200);
        JsonNode attempt = admin.get(path + "/attempts").expect(200).json().path("attempts").path(0);
        String id = attempt.path("eventId").textValue();
        assertThat(id).isEqualTo(event.path("id").textValue());
        assertThat(attempt.path("received").booleanValue()).isTrue();

        String ids = "{\"ids\": [\"" + id + "\"]}";
        assertThat(admin.post(path + "/replay", ids).expect(200).json().path("events").intValue()).isEqualTo(1);
        assertThat(receiver.next().event()).isEqualTo(event);
        String time = "{\"from\": \"" + event.path("timestamp").textValue() + "\"}";
        assertThat(admin.post(path + "/replay", time).expect(200).json().path("events").intValue()).isEqualTo(1);
        assertThat(receiver.next().event()).isEqualTo(event);
        awaitField("received", 3);

        Reply page = admin.get(path + "/attempts?n=2").expect(200);
        assertThat(page.json().path("attempts").size()).isEqualTo(2);
        String next = page.header("Link").replaceAll("<(.*)>.*", "$1");
        Reply rest = admin.get(next).expect(200);
        assertThat(rest.json().path("attempts").size()).isEqualTo(1);
        assertThat(rest.values("Link")).isEmpty();
    }

    @Test
    void whatHappensDuringAPauseIsToldAfterIt() throws Exception {
        makeForManifests("");
        admin.post(path + "/pause", "").expect(204);
        assertThat(shown().path("state").textValue()).isEqualTo("paused");
        push(pusher(), "v1");
        awaitField("pending", 1);
        assertThat(receiver.wasToldNothing()).isTrue();

        admin.post(path + "/resume", "").expect(204);

        assertThat(receiver.next().event().path("target").path("tag").textValue()).isEqualTo("v1");
        awaitField("pending", 0);
    }

    @Test
    void whatCouldNotBeToldIsKeptToldAgainOrForgotten() throws Exception {
        makeForManifests(", \"backoff\": \"10ms\", \"longestBackoff\": \"100ms\", \"giveUp\": \"1s\"");
        receiver.answers(500);
        Api pusher = pusher();
        push(pusher, "v1");
        awaitField("deadLetters", 1);

        JsonNode letter = admin.get(path + "/dead-letters").expect(200).json().path("deadLetters").path(0);
        assertThat(letter.path("tag").textValue()).isEqualTo("v1");
        assertThat(letter.path("repository").textValue()).isEqualTo(repository);
        assertThat(letter.path("status").intValue()).isEqualTo(500);
        assertThat(letter.path("detail").textValue()).contains("status 500");
        assertThat(letter.path("attempts").intValue()).isPositive();
        assertThat(shown().path("givenUp").intValue()).isEqualTo(1);

        receiver.answers(200);
        assertThat(admin.post(path + "/replay", "{\"deadLetters\": true}").expect(200).json().path("events").intValue())
                .isEqualTo(1);
        awaitField("received", 1);
        awaitField("deadLetters", 0);

        receiver.answers(500);
        push(pusher, "v2");
        awaitField("deadLetters", 1);
        assertThat(admin.delete(path + "/dead-letters").expect(200).json().path("discarded").intValue()).isEqualTo(1);
        assertThat(shown().path("deadLetters").intValue()).isZero();
        assertThat(admin.get("/audit?act=webhook.").text()).contains("webhook.replay", "webhook.discard");
    }

    @Test
    void nothingIsThereOfAnEndpointThatIsNot() {
        for (String below : List.of("", "/dead-letters", "/attempts")) {
            Api.problem(admin.get("/webhooks/nothing" + below), 404);
        }
        for (String below : List.of("/pause", "/resume", "/ping")) {
            Api.problem(admin.post("/webhooks/nothing" + below, ""), 404);
        }
        Api.problem(admin.post("/webhooks/nothing/replay", "{\"deadLetters\": true}"), 404);
        Api.problem(admin.put("/webhooks/nothing", "{}"), 404);
        Api.problem(admin.delete("/webhooks/nothing"), 404);
        Api.problem(admin.delete("/webhooks/nothing/dead-letters"), 404);
    }

    @Test
    void aDeletedEndpointIsGone() {
        made("").expect(201);

        admin.delete(path).expect(204);

        Api.problem(admin.get(path), 404);
        made("").expect(201);
    }

    @Test
    void aNameMayBeAnythingThatCanBeWritten() {
        String location = admin.post("/webhooks", """
                {"name": "a b & ü;%", "url": "https://hooks.example.com/"}""").expect(201).header("Location");

        assertThat(admin.get(location).expect(200).json().path("name").textValue()).isEqualTo("a b & ü;%");
        admin.delete(location).expect(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        ", \"timeout\": \"6m\"", ", \"timeout\": 5", ", \"threshold\": 0", ", \"actions\": [\"ping\"]",
        ", \"headers\": {\"Host\": \"x\"}", ", \"secrets\": [\"short\"]", ", \"format\": \"xml\"", ", \"more\": 1"
    })
    void refusesWhatIsNoEndpointAndMakesNone(String more) {
        Api.problem(made(more), 400);
        admin.get(path).expect(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"ids\": []}", "{\"deadLetters\": true, \"ids\": [\"x\"]}"})
    void refusesToTellAgainWhatIsNotSaidClearly(String what) {
        makeForManifests("");

        Api.problem(admin.post(path + "/replay", what), 400);
    }
}
