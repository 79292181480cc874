package io.longshore.registry.it.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.protocol.TestManifest;
import io.longshore.registry.model.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a receiver that was written for distribution is told. */
class WebhooksIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Receiver receiver;
    private static Receiver silent;
    private static RegistryServer server;
    private static Http http;

    @BeforeAll
    static void start() {
        receiver = new Receiver(event -> 200);
        silent = new Receiver(event -> 200);
        server = RegistryServer.start(Map.of(
                "REGISTRY_STORAGE_DELETE_ENABLED", "true",
                "REGISTRY_NOTIFICATIONS_EVENTS_INCLUDEREFERENCES", "true",
                "REGISTRY_NOTIFICATIONS_ENDPOINTS", """
                        [{name: all, url: "%s", headers: {X-Token: secret}, timeout: 1m},
                         {name: off, url: "%s", disabled: true}]""".formatted(receiver.url(), silent.url())));
        http = new Http(server.uri());
    }

    @AfterAll
    static void stop() {
        server.close();
        receiver.close();
        silent.close();
    }

    private static Stream<JsonNode> about(Repository repository) {
        return receiver.events().stream()
                .filter(event -> event.path("target").path("repository").asText().equals(repository.name()));
    }

    private static List<JsonNode> awaited(Repository repository, int count) {
        await().atMost(PATIENCE).until(() -> about(repository).count() >= count);
        return about(repository).toList();
    }

    private static String summary(JsonNode event) {
        JsonNode target = event.path("target");
        return Stream.of("action", "mediaType", "tag", "fromRepository")
                .map(name -> name.equals("action") ? event.path(name).asText() : target.path(name).asText())
                .filter(text -> !text.isEmpty())
                .reduce((left, right) -> left + ' ' + right)
                .orElseThrow();
    }

    @Test
    void tellsAPushPartByPart() {
        Repository repository = Repository.fresh(http, "pushed");
        byte[] layer = TestContent.bytes(100);
        Digest digest = repository.push(layer);
        TestManifest image = TestManifest.image(layer);
        repository.push("v1", image);

        List<JsonNode> events = awaited(repository, 2);

        assertThat(events).extracting(WebhooksIT::summary)
                .containsExactly("push application/octet-stream", "push " + image.mediaType() + " v1");
        JsonNode target = events.get(1).path("target");
        assertThat(target.path("digest").asText()).isEqualTo(image.digest().toString());
        assertThat(target.path("size").asInt()).isEqualTo(image.bytes().length);
        assertThat(target.path("length")).isEqualTo(target.path("size"));
        assertThat(target.path("url").asText())
                .isEqualTo(server.uri() + "v2/" + repository.name() + "/manifests/" + image.digest());
        assertThat(target.path("references").findValuesAsText("digest")).contains(digest.toString());
        JsonNode request = events.get(1).path("request");
        assertThat(request.path("method").asText()).isEqualTo("PUT");
        assertThat(request.path("addr").asText()).isEqualTo("127.0.0.1");
        assertThat(request.path("host").asText()).isEqualTo(server.authority());
        assertThat(events.get(0).path("source")).isEqualTo(events.get(1).path("source"));
        assertThat(events.get(0).path("id")).isNotEqualTo(events.get(1).path("id"));
    }

    @Test
    void tellsPullsAndNoHeads() {
        Repository repository = Repository.fresh(http, "pulled");
        byte[] layer = TestContent.bytes(100);
        Digest digest = repository.push(layer);
        http.head(repository.blob(digest)).send().expect(200);
        http.get(repository.blob(digest)).send().expect(200);
        http.get(repository.blob(digest)).header("Range", "bytes=0-9").send().expect(206);
        http.get(repository.blob(TestContent.sha256(TestContent.bytes(5)))).send().expect(404);

        assertThat(awaited(repository, 3)).extracting(WebhooksIT::summary).containsExactly(
                "push application/octet-stream", "pull application/octet-stream", "pull application/octet-stream");
        assertThat(about(repository)).allMatch(event -> event.path("target").path("size").asInt() == 100);
    }

    @Test
    void tellsWhatAPulledManifestConsistsOf() {
        Repository repository = Repository.fresh(http, "parts");
        byte[] layer = TestContent.bytes(100);
        Digest digest = repository.push(layer);
        TestManifest image = TestManifest.image(layer);
        repository.push("v1", image);
        http.get(repository.manifest("v1")).send().expect(200);

        List<JsonNode> events = awaited(repository, 3);
        assertThat(summary(events.get(2))).isEqualTo("pull " + image.mediaType() + " v1");
        JsonNode references = events.get(2).path("target").path("references");
        assertThat(references).isEqualTo(events.get(1).path("target").path("references"));
        assertThat(references.findValuesAsText("digest")).contains(digest.toString());
    }

    @Test
    void tellsMountsAndDeletes() {
        Repository source = Repository.fresh(http, "source");
        Repository repository = Repository.fresh(http, "mounted");
        byte[] layer = TestContent.bytes(100);
        Digest digest = source.push(layer);
        http.post(repository.uploads() + "?mount=" + digest + "&from=" + source.name()).send().expect(201);
        TestManifest image = TestManifest.image(layer);
        repository.push("v1", image);
        repository.push("v2", image);
        http.delete(repository.manifest("v1")).send().expect(202);
        http.delete(repository.manifest(image.digest())).send().expect(202);
        http.delete(repository.blob(digest)).send().expect(202);

        assertThat(awaited(repository, 7)).extracting(WebhooksIT::summary).containsExactly(
                "mount application/octet-stream " + source.name(),
                "push " + image.mediaType() + " v1",
                "push " + image.mediaType() + " v2",
                "delete v1",
                "delete",
                "delete v2",
                "delete");
    }

    @Test
    void tellsOfEachTagOfOnePush() {
        Repository repository = Repository.fresh(http, "tags");
        byte[] layer = TestContent.bytes(100);
        repository.push(layer);
        TestManifest image = TestManifest.image(layer);
        repository.push(image.digest() + "?tag=a&tag=b", image);

        assertThat(awaited(repository, 3)).extracting(WebhooksIT::summary).containsExactly(
                "push application/octet-stream", "push " + image.mediaType() + " a",
                "push " + image.mediaType() + " b");
    }

    @Test
    void tellsOfARepositoryThatIsDeletedAsAWhole() {
        Repository repository = Repository.fresh(http, "gone");
        byte[] layer = TestContent.bytes(100);
        repository.push(layer);
        repository.push("v1", TestManifest.image(layer));
        http.delete("/api/v1/repositories/" + repository.name()).send().expect(204);
        http.delete("/api/v1/repositories/" + repository.name()).send().expect(404);
        http.get(repository.path("tags/list")).send().expect(404);

        JsonNode last = awaited(repository, 3).get(2);
        assertThat(summary(last)).isEqualTo("delete");
        assertThat(last.path("target").fieldNames()).toIterable().containsExactly("repository");
    }

    @Test
    void tellsNothingOfWhatIsRefusedAndNobodyWhoIsSwitchedOff() {
        Repository repository = Repository.fresh(http, "refused");
        http.put(repository.manifest("v1"))
                .header("Content-Type", TestManifest.image(TestContent.bytes(7)).mediaType())
                .body(TestManifest.image(TestContent.bytes(7)).bytes())
                .send()
                .expect(404);
        repository.push(TestContent.bytes(8));

        assertThat(awaited(repository, 1)).extracting(WebhooksIT::summary)
                .containsExactly("push application/octet-stream");
        assertThat(silent.events()).isEmpty();
        assertThat(server.log()).doesNotContain("X-Token").doesNotContain("secret");
    }
}
