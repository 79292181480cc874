package io.longshore.registry.it.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.client.DebianRegistry;
import io.longshore.registry.it.fault.Seed;
import io.longshore.registry.model.Digest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed in the middle of runs, and goes on where they stopped. */
class KilledRunIT {
    private static final String REPOSITORY = "killed/app";
    private static final int IMAGES = 20;
    private static final int KILLS = 2;

    private final Seed seed = Seed.of(KilledRunIT.class);
    private final Random random = seed.random(1);
    private final Map<String, Digest> images = new HashMap<>();

    @TempDir
    private Path folder;

    private DebianRegistry debian;
    private RegistryServer server;

    @BeforeEach
    void start() {
        debian = DebianRegistry.start(folder);
        server = RegistryServer.start(Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
        debian.close();
    }

    private void push(Site site) {
        for (int i = 0; i < IMAGES; i++) {
            int bytes = 50_000 + random.nextInt(100_000);
            images.put("v" + i, site.image(REPOSITORY, "v" + i, bytes, 1 + random.nextInt(9)));
        }
    }

    private void isAllThere(Site site) {
        images.forEach((tag, digest) -> {
            assertThat(site.digest(REPOSITORY, tag)).as(tag).isEqualTo(digest);
            site.readAll(REPOSITORY, tag);
        });
        assertThat(site.tags(REPOSITORY)).hasSize(IMAGES);
    }

    /** Slow enough to be killed in the middle, again and again. */
    private Rule rule(String direction) {
        return Rule.create(server, "slow", direction, debian.url().toString(), REPOSITORY,
                ", \"bytesPerSecond\": 600000, \"parallel\": 3");
    }

    private JsonNode killedAgainAndAgain(Rule rule) {
        long run = rule.start(false);
        for (int kill = 1; kill <= KILLS; kill++) {
            long enough = (long) IMAGES * kill / (KILLS + 2);
            rule.await(run, state -> state.path("copied").longValue() >= enough);
            server.kill();
            server.restart();
            List<String> before = rule.items(run).stream().filter(item -> item.startsWith("copied ")).toList();
            assertThat(before).as("what was done, is").hasSizeGreaterThanOrEqualTo((int) enough);
        }
        return rule.succeeded(run);
    }

    @Test
    void aPullThatIsKilledGoesOnWhereItStopped() {
        push(new Site(debian.url(), random));
        Rule rule = rule("pull");

        JsonNode ended = killedAgainAndAgain(rule);

        // A tag may have been set, and what was to be said of it not yet.
        assertThat(ended.path("copied").longValue() + ended.path("skipped").longValue()).isEqualTo(IMAGES);
        assertThat(ended.path("lookedAt").longValue()).isEqualTo(IMAGES);
        isAllThere(new Site(server.uri(), random));
        long manifestReads = debian.log().stream()
                .filter(line -> line.contains("\"GET /v2/" + REPOSITORY + "/manifests/sha256:"))
                .count();
        assertThat(manifestReads).as("what was copied is not read again")
                .isBetween((long) IMAGES, IMAGES + 3L * KILLS);
    }

    @Test
    void aPushThatIsKilledGoesOnWhereItStopped() {
        push(new Site(server.uri(), random));
        Rule rule = rule("push");

        JsonNode ended = killedAgainAndAgain(rule);

        assertThat(ended.path("copied").longValue() + ended.path("skipped").longValue()).isEqualTo(IMAGES);
        isAllThere(new Site(debian.url(), random));
        long puts = debian.log().stream()
                .filter(line -> line.contains("\"PUT /v2/" + REPOSITORY + "/manifests/v"))
                .count();
        assertThat(puts).as("what was copied is not sent again").isBetween((long) IMAGES, IMAGES + 3L * KILLS);
    }
}
