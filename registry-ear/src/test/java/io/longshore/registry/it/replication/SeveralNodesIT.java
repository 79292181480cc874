package io.longshore.registry.it.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.client.DebianRegistry;
import io.longshore.registry.it.fault.Seed;
import io.longshore.registry.it.notification.SharedDatabase;
import io.longshore.registry.model.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes share a database, a folder for blobs, and the work of copying. */
class SeveralNodesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DATABASE = "replication";
    private static final String REPOSITORY = "shared/app";
    private static final int IMAGES = 40;

    private final Random random = Seed.of(SeveralNodesIT.class).random(1);
    private final SharedDatabase database = new SharedDatabase();
    private final List<RegistryServer> servers = new ArrayList<>();
    private DebianRegistry debian;

    @TempDir
    private Path folder;

    @TempDir
    private Path blobs;

    @AfterEach
    void stop() {
        servers.forEach(RegistryServer::close);
        database.close();
        if (debian != null) {
            debian.close();
        }
    }

    private void start() {
        debian = DebianRegistry.start(folder);
        Map<String, String> variables = database.variables(DATABASE);
        variables.putAll(Map.of(
                "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", blobs.toString(),
                "REGISTRY_HTTP_SECRET", "the same on all nodes, and long enough"));
        CompletableFuture<RegistryServer> other =
                CompletableFuture.supplyAsync(() -> RegistryServer.start(variables));
        try {
            servers.add(RegistryServer.start(variables));
        } finally {
            servers.add(other.join());
        }
    }

    private long busyNodes() {
        return database.number(DATABASE, """
                select count(distinct node) from replication_item
                where state = 'running' and node in (select id from replication_node)""");
    }

    @Test
    void bothCopyAndOneGoesOnAloneWhenTheOtherDies() {
        start();
        Site there = new Site(debian.url(), random);
        Map<String, Digest> images = new HashMap<>();
        for (int i = 0; i < IMAGES; i++) {
            images.put("v" + i, there.image(REPOSITORY, "v" + i, 50_000 + random.nextInt(50_000)));
        }
        Rule rule = Rule.create(servers.get(0), "shared", "pull", debian.url().toString(), REPOSITORY,
                ", \"parallel\": 4, \"bytesPerSecond\": 200000");
        long run = rule.start(false);
        await().atMost(PATIENCE).until(() -> busyNodes() == 2);
        assertThat(database.number(DATABASE, "select count(*) from replication_item where state = 'running'"))
                .as("as many at once as the rule says, on both nodes together").isLessThanOrEqualTo(4);
        rule.await(run, state -> state.path("copied").longValue() >= IMAGES / 3);

        servers.get(0).killJvm();

        Rule other = rule.of(servers.get(1));
        JsonNode ended = other.succeeded(run);
        assertThat(ended.path("copied").longValue() + ended.path("skipped").longValue()).isEqualTo(IMAGES);
        Site here = new Site(servers.get(1).uri(), random);
        images.forEach((tag, digest) -> {
            assertThat(here.digest(REPOSITORY, tag)).as(tag).isEqualTo(digest);
            here.readAll(REPOSITORY, tag);
        });
        long pushes = database.number(DATABASE, """
                select count(*) from audit_event
                where act = 'manifest.push' and reference is not null and actor = 'replication:shared'""");
        assertThat(pushes).as("nothing twice, but for what was under way").isBetween((long) IMAGES, IMAGES + 4L);
    }
}
