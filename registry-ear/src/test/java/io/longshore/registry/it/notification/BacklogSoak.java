package io.longshore.registry.it.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two endpoints, of which one hangs and one refuses connections, have a million deliveries waiting: what that costs the
 * server's memory and those who push, and how fast it goes once the receivers are back. Run by hand with the Maven
 * profile {@code soak}; the system property {@code soak.events} says how many events wait for each of the two.
 */
class BacklogSoak {
    private static final int EVENTS = Integer.getInteger("soak.events", 500_000);
    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final long MOST_HEAP_KIB = 128 << 10;
    private static final String STATUS = "/api/v1/webhooks";
    private static final String WITH = "with_backlog";
    private static final String WITHOUT = "without_backlog";

    private final CountDownLatch hang = new CountDownLatch(1);
    private final Backlog hungBacklog = new Backlog();
    private final Backlog downBacklog = new Backlog();
    private final Receiver hung = new Receiver(this::hang, hungBacklog::told);
    private final Receiver down = new Receiver(event -> 200, downBacklog::told);
    private final SharedDatabase database = new SharedDatabase();
    private final List<RegistryServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        hang.countDown();
        servers.forEach(RegistryServer::close);
        database.close();
        hung.close();
        down.close();
    }

    /** Whoever has waited for so long has given up. */
    private int hang(JsonNode event) {
        if (hang.getCount() == 0) {
            return 200;
        }
        try {
            hang.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 503;
    }

    private RegistryServer start(String name) {
        Map<String, String> variables = database.variables(name);
        variables.put("REGISTRY_JAVA_OPTS", "-Dlongshore.classes= -Xmx256m");
        variables.put("REGISTRY_NOTIFICATIONS_ENDPOINTS", """
                [{name: hung, url: "%s", actions: [manifest.push]},
                 {name: down, url: "%s", actions: [manifest.push]}]"""
                .formatted(hung.url(), down.url()));
        RegistryServer server = RegistryServer.start(variables);
        servers.add(server);
        return server;
    }

    @Test
    void aBacklogOfAMillionIsHeldAndToldInTheMemoryTheServerComesWith() throws Exception {
        down.goDown();
        RegistryServer without = start(WITHOUT);
        RegistryServer with = start(WITH);
        Http http = new Http(with.uri());
        try (PushLoad loadWithout = PushLoad.ofTags(new Http(without.uri())); PushLoad loadWith = PushLoad.ofTags(http)) {
            loadWithout.run(ROUND);
            loadWith.run(ROUND);
            long heapBefore = Heap.usedKib(with);
            long start = System.nanoTime();
            Backlog.fill(database, WITH, EVENTS);
            print("%d deliveries written in %.0f s", 2 * EVENTS, seconds(start));

            compare(loadWithout, loadWith);
            long heap = Heap.usedKib(with);
            print("heap after a collection: %d KiB before, %d KiB with the backlog", heapBefore, heap);
            assertThat(heap).isLessThan(MOST_HEAP_KIB);
            timeStatus(http);

            drain(loadWith);
            timeStatus(http);
            print("heap after a collection, when all is told: %d KiB", Heap.usedKib(with));
        }
        for (Backlog backlog : List.of(hungBacklog, downBacklog)) {
            assertThat(backlog.told()).isEqualTo(EVENTS);
            assertThat(backlog.outOfOrder()).isZero();
            print("told again, since the answer did not come in time: %d", backlog.toldAgain());
        }
        assertThat(with.log()).doesNotContain("OutOfMemoryError");
    }

    /** One after the other, again and again, so that both meet the same machine. */
    private static void compare(PushLoad loadWithout, PushLoad loadWith) throws Exception {
        double without = 0;
        double with = 0;
        for (int i = 0; i < ROUNDS; i++) {
            without += loadWithout.run(ROUND) / ROUNDS;
            with += loadWith.run(ROUND) / ROUNDS;
        }
        print("pushes per second: %.0f without the backlog, %.0f with it: %.2f of it", without, with, with / without);
    }

    private static void timeStatus(Http http) {
        List<Double> times = Stream.generate(() -> {
            long start = System.nanoTime();
            http.get(STATUS).send().expect(200);
            return seconds(start);
        }).limit(5).sorted().toList();
        print("the status of all endpoints: %.3f s (median of %d), at most %.3f s",
                times.get(2), times.size(), times.get(4));
    }

    private void drain(PushLoad load) throws Exception {
        int before = told();
        long start = System.nanoTime();
        down.comeBack();
        hang.countDown();
        double pushes = load.run(ROUND);
        double whileDraining = (told() - before) / seconds(start);
        print("pushes per second while it is told: %.0f, beside %.0f events per second", pushes, whileDraining);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> told() >= 2 * EVENTS);
        print("all told in %.0f s: %.0f events per second", seconds(start), (told() - before) / seconds(start));
        await().atMost(PATIENCE).until(
                () -> database.number(WITH, "select count(*) from webhook_delivery") == 0);
    }

    private int told() {
        return hungBacklog.told() + downBacklog.told();
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private static void print(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }
}
