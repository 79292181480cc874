package io.longshore.registry.it.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.auth.Credentials;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror of a registry like this one, which gives tokens to those who log in; made by the administration API. */
class OwnRegistryIT {
    private static final String PASSWORD = "correct horse battery staple";
    private static final byte[] LAYER = Upstream.bytes(1, 300_000);

    @TempDir
    private static Path folder;

    private static RegistryServer closed;
    private static RegistryServer server;
    private static Http http;
    private static Digest image;
    private static Digest layer;

    @BeforeAll
    static void start() throws IOException {
        Path users = Files.writeString(folder.resolve("users"),
                "alice:" + BCrypt.withDefaults().hashToString(4, PASSWORD.toCharArray()) + '\n');
        closed = RegistryServer.start(Map.of(
                "REGISTRY_AUTH_HTPASSWD_PATH", users.toString(),
                "REGISTRY_AUTH_ADMINS", "[\"user:alice\"]"));
        server = RegistryServer.start(Map.of("REGISTRY_HTTP_SECRET", "a secret that is long enough"));
        http = new Http(server.uri());
        Upstream upstream = new Upstream(
                RegistryClient.builder(closed.authority())
                        .credentials(host -> Optional.of(Credentials.password("alice", PASSWORD)))
                        .build(),
                "team/app");
        image = upstream.image(LAYER);
        layer = upstream.blob(LAYER);
    }

    @AfterAll
    static void stop() {
        try {
            for (RegistryServer one : new RegistryServer[] {server, closed}) {
                assertThat(one.log() + one.output()).doesNotContain(PASSWORD);
            }
        } finally {
            server.close();
            closed.close();
        }
    }

    private static Reply send(String method, String path, String json) {
        return http.request(method, "/api/v1/mirrors" + path)
                .header("Content-Type", "application/json")
                .body(json)
                .send();
    }

    private static void make(String name, String login) {
        Reply made = send("POST", "", """
                {"name": "%s", "url": "http://%s"%s, "tagTtl": "0"}""".formatted(name, closed.authority(), login));
        assertThat(made.expect(201).text()).doesNotContain(PASSWORD);
    }

    @Test
    void pullsWhatOnlyThoseMayPullWhoLogIn() {
        make("private", ", \"username\": \"alice\", \"password\": \"" + PASSWORD + '"');
        Repository here = new Repository(http, "private/team/app");

        assertThat(http.get(here.manifest("v1")).send().expect(200).header("Docker-Content-Digest"))
                .isEqualTo(image.toString());
        assertThat(http.get(here.blob(layer)).send().expect(200).body()).isEqualTo(LAYER);

        Reply shown = http.get("/api/v1/mirrors/private").send().expect(200);
        assertThat(shown.json().path("username").asText()).isEqualTo("alice");
        assertThat(shown.text()).doesNotContain(PASSWORD);
    }

    @Test
    void isToldWhyItMayNotPullAsNobody() {
        make("nobody", "");

        Reply refused = http.get("/v2/nobody/team/app/manifests/v1").send().expectError(403, "DENIED");

        assertThat(refused.values("WWW-Authenticate")).isEmpty();
    }

    @Test
    void keepsThePasswordOfAChangeThatDoesNotSayIt() {
        make("changed", ", \"username\": \"alice\", \"password\": \"" + PASSWORD + '"');
        send("PUT", "/changed", """
                {"url": "http://%s", "username": "alice", "prefix": "other"}""".formatted(closed.authority())).expect(200);

        http.get("/v2/other/team/app/manifests/v1").send().expect(200);
        http.get("/v2/changed/team/app/manifests/v1").send().expectError(404, "MANIFEST_UNKNOWN");
        send("PUT", "/changed", "{\"url\": \"http://127.0.0.1:1\", \"username\": \"alice\"}").expect(400);
    }

    @Test
    void dropsWhatItHasFetchedAndFetchesItAgain() {
        make("dropped", ", \"username\": \"alice\", \"password\": \"" + PASSWORD + '"');
        Repository here = new Repository(http, "dropped/team/app");
        http.get(here.manifest("v1")).send().expect(200);

        Reply dropped = http.delete("/api/v1/mirrors/dropped/content?repository=dropped/team/app").send().expect(200);

        assertThat(dropped.json().path("dropped").asInt()).isEqualTo(1);
        assertThat(http.get("/v2/dropped/team/app/tags/list").send().expect(200).strings("tags")).isEmpty();
        http.get(here.manifest("v1")).send().expect(200);
        http.delete("/api/v1/mirrors/dropped").send().expect(204);
        http.get(here.manifest("v2")).send().expectError(404, "MANIFEST_UNKNOWN");
        http.get(here.manifest("v1")).send().expect(200);
    }

    @Test
    void takesPushesIfToldSoAndKeepsThem() {
        make("pushed", ", \"username\": \"alice\", \"password\": \"" + PASSWORD + "\", \"push\": true");
        Repository here = new Repository(http, "pushed/team/app");
        byte[] own = Upstream.bytes(2, 100);
        Digest mine = here.push(own);

        http.delete("/api/v1/mirrors/pushed/content").send().expect(200);

        assertThat(http.get(here.blob(mine)).send().expect(200).body()).isEqualTo(own);
    }

    @Test
    void refusesWhatIsNoUpstream() {
        for (String json : new String[] {
            "{}", "{\"name\": \"a\"}", "{\"name\": \"A B\", \"url\": \"http://a\"}",
            "{\"name\": \"a\", \"url\": \"ftp://a\"}", "{\"name\": \"a\", \"url\": \"http://u:p@a\"}",
            "{\"name\": \"a\", \"url\": \"http://a\", \"other\": 1}"
        }) {
            send("POST", "", json).expect(400);
        }
        make("once", "");
        send("POST", "", "{\"name\": \"once\", \"url\": \"http://a\"}").expect(409);
        http.get("/api/v1/mirrors/none").send().expect(404);
        http.delete("/api/v1/mirrors/none/content").send().expect(404);
    }
}
