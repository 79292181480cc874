package io.longshore.registry.it.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.fault.Seed;
import io.longshore.registry.it.protocol.Http;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes share a database, a folder for blobs, and the work of telling. */
class SeveralNodesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CALM = 400;
    private static final int WITH_A_KILL = 800;
    private static final int WITH_A_STOP = 400;
    private static final double FAILURES = 0.2;
    private static final String DATABASE = "shared";

    private final Seed seed = Seed.of(SeveralNodesIT.class);
    private final Random failures = seed.random(1);
    private final Receiver receiver = new Receiver(event -> 200);
    private final SharedDatabase database = new SharedDatabase();
    private final List<RegistryServer> servers = new ArrayList<>();
    private final Set<String> tellers = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path blobs;

    @AfterEach
    void stop() {
        servers.forEach(RegistryServer::close);
        database.close();
        receiver.close();
    }

    private void start() {
        Map<String, String> variables = database.variables(DATABASE);
        variables.putAll(Map.of(
                "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", blobs.toString(),
                "REGISTRY_HTTP_SECRET", "the same on all nodes, and long enough",
                "REGISTRY_NOTIFICATIONS_ENDPOINTS", """
                        [{name: receiver, url: "%s", timeout: 30s, threshold: 20, backoff: 10ms, maxbackoff: 200ms,
                          actions: [manifest.push]}]""".formatted(receiver.url())));
        CompletableFuture<RegistryServer> other =
                CompletableFuture.supplyAsync(() -> RegistryServer.start(variables));
        try {
            servers.add(RegistryServer.start(variables));
        } finally {
            servers.add(other.join());
        }
    }

    @Test
    void tellEverythingOnceAndInOrderAndAgainOnlyWhenOneDies() throws Exception {
        start();
        List<Http> https = servers.stream().map(server -> new Http(server.uri())).toList();
        Nodes nodes = new Nodes(https);
        Resolution resolution = new Resolution(nodes);
        try (TagPushes pushes = new TagPushes(nodes, seed)) {
            receiver.answers(event -> {
                noteWhoTells(event);
                resolution.check(event);
                return 200;
            });
            pushes.start(CALM);
            int calm = awaitAllIsTold(pushes);
            assertThat(calm).as("nothing was told twice").isEqualTo(pushes.count());
            assertThat(tellers).as("both told something").hasSize(2);

            receiver.answers(event -> {
                resolution.check(event);
                synchronized (failures) {
                    return failures.nextDouble() < FAILURES ? 500 : 200;
                }
            });
            pushes.start(WITH_A_KILL);
            pushes.await(calm + WITH_A_KILL / 3);
            servers.get(0).kill();
            pushes.await(calm + WITH_A_KILL * 2 / 3);
            servers.get(0).restart();
            int killed = awaitAllIsTold(pushes);

            pushes.start(WITH_A_STOP);
            pushes.await(calm + WITH_A_KILL + WITH_A_STOP / 2);
            nodes.remove(https.get(1));
            servers.get(1).stop();
            awaitAllIsTold(pushes);

            Told told = new Told(receiver.events());
            told.isWhatWasPushed(pushes);
            assertThat(resolution.unresolved()).isEmpty();
            assertThat(told.toldAgain()).as("only what was told when one died").allMatch(i -> i >= calm && i < killed);
            System.out.printf("%d pushes to two nodes: %d events told more than once%n",
                    pushes.acknowledged(), told.toldAgain().size());
        }
    }

    /** Whoever tells it has the lane, and nobody else. */
    private void noteWhoTells(JsonNode event) {
        tellers.addAll(database.column(DATABASE, """
                select l.node from webhook_lane l where l.repository = '%s'""".formatted(Told.repository(event))));
    }

    /** Returns how many requests the receiver has accepted when nothing is left to be told. */
    private int awaitAllIsTold(TagPushes pushes) throws Exception {
        pushes.finish();
        await().atMost(PATIENCE).until(() -> new Told(receiver.events()).count() >= pushes.count());
        await().atMost(PATIENCE).until(() -> database.number(DATABASE, """
                select (select count(*) from webhook_outbox)
                       + (select count(*) from webhook_delivery)""") == 0);
        return receiver.events().size();
    }
}
