package io.longshore.registry.it.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.client.DebianRegistry;
import io.longshore.registry.it.fault.CuttableLine;
import io.longshore.registry.it.fault.Seed;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of the built server, and the registry that Debian packages as the other one. */
class ReplicationIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String SBOM = "application/vnd.example.sbom";

    private static DebianRegistry debian;
    private static RegistryServer server;

    private final Seed seed = Seed.of(ReplicationIT.class);
    private final Random random = seed.random(1);
    private final Site there = new Site(debian.url(), random);
    private final Site here = new Site(server.uri(), random);
    private final String name = TestContent.newName("replicated").replace('/', '-');
    private final String repository = name + "/app";
    private final List<Rule> rules = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) {
        debian = DebianRegistry.start(folder);
        server = RegistryServer.shared();
    }

    @AfterAll
    static void stop() {
        if (debian != null) {
            debian.close();
        }
    }

    @AfterEach
    void removeRules() {
        rules.forEach(Rule::delete);
    }

    private Rule rule(String direction, URI url, String pattern, String more) {
        Rule rule = Rule.create(server, name + rules.size(), direction, url.toString(), pattern, more);
        rules.add(rule);
        return rule;
    }

    @Test
    void pullsWhatIsNotHereUnderTheNameThatTheRuleSays() {
        Digest image = there.image(repository, "v1", 100_000, 5);
        Digest index = there.index(repository, "v2", "amd64", "arm64");
        Rule rule = rule("pull", debian.url(), name + "/**",
                ", \"stripPrefix\": \"" + name + "/\", \"addPrefix\": \"copy/" + name + "/\"");

        JsonNode run = rule.run();

        assertThat(run.path("copied").longValue()).isEqualTo(2);
        assertThat(run.path("bytes").longValue()).isGreaterThan(100_000);
        String copy = "copy/" + name + "/app";
        assertThat(here.tags(copy)).containsExactly("v1", "v2");
        assertThat(here.digest(copy, "v1")).isEqualTo(image);
        assertThat(here.digest(copy, "v2")).isEqualTo(index);
        assertThat(here.readAll(copy, "v1")).isGreaterThan(100_000);
        here.readAll(copy, "v2");
        assertThat(rule.run().path("skipped").longValue()).isEqualTo(2);
    }

    @Test
    void pushesImagesIndexesAndReferrers() {
        Digest image = here.image(repository, "v1", 100_000, 5);
        Digest index = here.index(repository, "v2", "amd64", "arm64");
        Digest referrer = here.referrer(repository, image, SBOM);
        Rule rule = rule("push", debian.url(), name + "/*", ", \"referrers\": true");

        assertThat(rule.run().path("copied").longValue()).isEqualTo(2);

        assertThat(there.digest(repository, "v1")).isEqualTo(image);
        assertThat(there.digest(repository, "v2")).isEqualTo(index);
        assertThat(there.referrers(repository, image)).containsExactly(referrer);
        there.readAll(repository, "v1");
        there.readAll(repository, "v2");
        assertThat(rule.run().path("skipped").longValue()).isEqualTo(2);
    }

    @Test
    void pullsFromARegistryOfOurMakeWithWhatRefersToIt() {
        Digest image = here.image(repository, "v1", 100_000);
        Digest referrer = here.referrer(repository, here.referrer(repository, image, SBOM), SBOM);
        URI self = URI.create("http://" + server.authority());
        Rule rule = rule("pull", self, name + "/*", ", \"referrers\": true, \"addPrefix\": \"copy/\"");

        rule.run();

        String copy = "copy/" + repository;
        assertThat(here.digest(copy, "v1")).isEqualTo(image);
        assertThat(here.digest(copy, referrer.toString())).isEqualTo(referrer);
        here.readAll(copy, "v1");
    }

    @Test
    void pullsWhatFiltersLeave() {
        there.image(repository, "1.1.0", 10);
        there.image(repository, "1.2.0", 10);
        there.image(repository, "1.3.0-rc.1", 10);
        there.image(repository, "2.0.0", 10);
        there.image(repository, "latest", 10);
        Digest whole = there.index(repository, "1.4.0", "amd64", "s390x");
        Rule rule = rule("pull", debian.url(), repository,
                ", \"versions\": \"^1.1\", \"newest\": 2, \"platforms\": [\"linux/amd64\"]");

        rule.run();

        assertThat(here.tags(repository)).containsExactly("1.2.0", "1.4.0");
        assertThat(here.digest(repository, "1.4.0")).isNotEqualTo(whole);
        here.readAll(repository, "1.4.0");
    }

    @Test
    void pushesAndDeletesOnEvents() {
        rule("push", debian.url(), name + "/*", ", \"onEvent\": true, \"deletes\": true, \"tags\": [\"v*\"]");
        Digest first = here.image(repository, "v1", 1000);
        here.image(repository, "other", 1000);
        await().atMost(PATIENCE).until(() -> there.tags(repository), tags -> tags.equals(List.of("v1")));
        assertThat(there.digest(repository, "v1")).isEqualTo(first);

        Digest moved = here.image(repository, "v1", 2000);
        here.image(repository, "v2", 1000);
        await().atMost(PATIENCE).until(() -> there.tags(repository), tags -> tags.equals(List.of("v1", "v2")));
        await().atMost(PATIENCE).until(() -> there.digest(repository, "v1"), moved::equals);

        here.deleteTag(repository, "v2");
        await().atMost(PATIENCE).until(() -> there.tags(repository), tags -> tags.equals(List.of("v1")));
    }

    @Test
    void deletesWhatIsGoneAndNothingIfAllIsGone() {
        here.image(repository, "v1", 10);
        here.image(repository, "v2", 10);
        Rule rule = rule("push", debian.url(), repository, ", \"deletes\": true");
        rule.run();
        there.image(repository, "own", 10);
        here.deleteTag(repository, "v1");

        assertThat(rule.run().path("deleted").longValue()).isEqualTo(1);
        assertThat(there.tags(repository)).containsExactly("own", "v2");

        here.deleteTag(repository, "v2");
        assertThat(rule.run().path("deleted").longValue()).isZero();
        assertThat(there.tags(repository)).containsExactly("own", "v2");
    }

    @Test
    void showsWhatItWouldDo() {
        there.image(repository, "v1", 10_000);
        Rule rule = rule("pull", debian.url(), repository, "");

        long run = rule.start(true);
        JsonNode ended = rule.succeeded(run);

        assertThat(ended.path("dryRun").booleanValue()).isTrue();
        assertThat(ended.path("copied").longValue()).isEqualTo(1);
        assertThat(ended.path("bytes").longValue()).isGreaterThan(10_000);
        assertThat(rule.items(run)).containsExactly("copied v1");
        assertThat(here.tags(repository)).isEmpty();
    }

    @Test
    void saysWhyItCannotBeDone() throws IOException {
        HttpServer closed = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        closed.createContext("/", exchange -> {
            byte[] body = """
                    {"errors":[{"code":"DENIED","message":"not for you"}]}""".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(403, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        closed.start();
        try {
            Rule rule = rule("pull", URI.create("http://127.0.0.1:" + closed.getAddress().getPort()), name + "/*", "");

            JsonNode ended = rule.awaitEnd(rule.start(false));

            assertThat(ended.path("state").textValue()).isEqualTo("failed");
            assertThat(ended.path("failed").longValue()).isEqualTo(1);
            assertThat(ended.path("error").textValue()).contains("not for you");
        } finally {
            closed.stop(0);
        }
    }

    @Test
    void copiesEverythingRightOverALineThatIsCutAgainAndAgain() throws Exception {
        Map<String, Digest> pushed = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            int bytes = 200_000 + random.nextInt(300_000);
            pushed.put("v" + i, there.image(repository, "v" + i, bytes, 1 + random.nextInt(50)));
        }
        try (CuttableLine line = new CuttableLine(debian.url().getPort())) {
            URI url = URI.create("http://127.0.0.1:" + line.port());
            Rule pull = rule("pull", url, repository, "");
            long run = pull.start(false);
            int cuts = 0;
            for (; cuts < 15; cuts++) {
                CompletableFuture<Integer> cut = line.breakAfter(20_000 + random.nextInt(400_000));
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> cut.isDone()
                        || !pull.get(run).path("state").textValue().equals("running"));
            }
            JsonNode ended = pull.succeeded(run);

            assertThat(ended.path("copied").longValue()).isEqualTo(pushed.size());
            pushed.forEach((tag, digest) -> {
                assertThat(here.digest(repository, tag)).isEqualTo(digest);
                here.readAll(repository, tag);
            });
        }
    }

    @Test
    void pushesEverythingRightOverALineThatIsCutAgainAndAgain() throws Exception {
        Map<String, Digest> pushed = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            int bytes = 200_000 + random.nextInt(300_000);
            pushed.put("v" + i, here.image(repository, "v" + i, bytes, 1 + random.nextInt(50)));
        }
        try (CuttableLine line = new CuttableLine(debian.url().getPort())) {
            Rule push = rule("push", URI.create("http://127.0.0.1:" + line.port()), repository, "");
            long run = push.start(false);
            for (int cuts = 0; cuts < 15; cuts++) {
                CompletableFuture<Integer> cut = line.breakAfter(20_000 + random.nextInt(400_000));
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> cut.isDone()
                        || !push.get(run).path("state").textValue().equals("running"));
            }
            JsonNode ended = push.succeeded(run);

            assertThat(ended.path("copied").longValue()).isEqualTo(pushed.size());
            pushed.forEach((tag, digest) -> {
                assertThat(there.digest(repository, tag)).isEqualTo(digest);
                there.readAll(repository, tag);
            });
        }
    }
}
