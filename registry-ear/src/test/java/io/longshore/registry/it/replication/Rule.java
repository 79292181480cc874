package io.longshore.registry.it.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A rule of a server, by its API. */
final class Rule {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String API = "/api/v1/replication/";

    private final Http http;
    private final String name;

    private Rule(Http http, String name) {
        this.http = http;
        this.name = name;
    }

    /**
     * Makes one.
     *
     * @param more of its fields, in JSON, each after a comma
     */
    static Rule create(
            RegistryServer server, String name, String direction, String url, String repository, String more) {
        Http http = new Http(server.uri());
        http.post(API + "rules").header("Content-Type", "application/json")
                .body("""
                        {"name": "%s", "direction": "%s", "url": "%s", "repositories": ["%s"]%s}"""
                        .formatted(name, direction, url, repository, more))
                .send()
                .expect(201);
        return new Rule(http, name);
    }

    /** Begins a run, and answers its id. */
    long start(boolean dry) {
        Reply begun = http.post(API + "rules/" + name + "/runs").header("Content-Type", "application/json")
                .body("{\"dryRun\": " + dry + "}")
                .send()
                .expect(202);
        assertThat(begun.header("Location")).isEqualTo("/" + API.substring(1) + "runs/" + begun.json().path("id"));
        return begun.json().path("id").longValue();
    }

    JsonNode get(long run) {
        return http.get(API + "runs/" + run).send().expect(200).json();
    }

    /** Waits until it is so. */
    JsonNode await(long run, Predicate<JsonNode> so) {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
                .until(() -> get(run), so);
    }

    JsonNode awaitEnd(long run) {
        return await(run, state -> !state.path("state").textValue().equals("running"));
    }

    /** Begins a run, and waits until it has succeeded. */
    JsonNode run() {
        return succeeded(start(false));
    }

    JsonNode succeeded(long run) {
        JsonNode ended = awaitEnd(run);
        assertThat(ended.path("state").textValue()).as("%s", ended).isEqualTo("succeeded");
        return ended;
    }

    JsonNode cancel(long run) {
        return http.post(API + "runs/" + run + "/cancel").send().expect(200).json();
    }

    /** What was done in a run, such as {@code copied v1}. */
    List<String> items(long run) {
        List<String> items = new ArrayList<>();
        http.get(API + "runs/" + run + "/items").send().expect(200).json().path("items").forEach(item -> items.add(
                item.path("state").textValue() + ' ' + item.path("tag").textValue()));
        return items;
    }

    void delete() {
        http.delete(API + "rules/" + name).send().expect(204);
    }

    /** As it is seen by another server, or after a restart. */
    Rule of(RegistryServer server) {
        return new Rule(new Http(server.uri()), name);
    }
}
