package io.longshore.registry.it.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What two endpoints cost those who push as fast as the machine can: two servers, one of which tells both of everything
 * but pulls, pushed to by turns. After its turn, everything is told before the other has one. Run by hand with the Maven
 * profile {@code soak}, on a machine that does nothing else.
 */
class ThroughputSoak {
    private static final int ROUNDS = Integer.getInteger("soak.rounds", 6);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("soak.seconds", 10));
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int LAYER = 64 << 10;
    private static final String WITH = "with_endpoints";
    private static final String WITHOUT = "without_endpoints";

    private final LongAdder received = new LongAdder();
    private final Receiver one = new Receiver(event -> 200, event -> received.increment());
    private final Receiver two = new Receiver(event -> 200, event -> received.increment());
    private final SharedDatabase database = new SharedDatabase();
    private final List<RegistryServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(RegistryServer::close);
        database.close();
        one.close();
        two.close();
    }

    private Http start(String name, String endpoints) {
        Map<String, String> variables = database.variables(name);
        variables.put("REGISTRY_NOTIFICATIONS_ENDPOINTS", endpoints);
        RegistryServer server = RegistryServer.start(variables);
        servers.add(server);
        return new Http(server.uri());
    }

    @Test
    void twoEndpointsTakeLittleFromThoseWhoPush() throws Exception {
        Http without = start(WITHOUT, "[]");
        Http with = start(WITH, """
                [{name: one, url: "%s", ignore: {actions: [pull]}}, {name: two, url: "%s", ignore: {actions: [pull]}}]"""
                .formatted(one.url(), two.url()));
        try (PushLoad plain = PushLoad.ofImages(without, LAYER); PushLoad told = PushLoad.ofImages(with, LAYER)) {
            compare("images", plain, told);
        }
        try (PushLoad plain = PushLoad.ofTags(without); PushLoad told = PushLoad.ofTags(with)) {
            compare("tags", plain, told);
        }
        assertThat(received.sum()).isEqualTo(2 * database.number(WITH, "select count(*) from webhook_event"));
    }

    private void compare(String what, PushLoad plain, PushLoad told) throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i <= ROUNDS; i++) {
            double without = plain.run(ROUND);
            long before = received.sum();
            double with = told.run(ROUND);
            double meanwhile = (received.sum() - before) / (double) ROUND.toSeconds();
            long start = System.nanoTime();
            await().atMost(PATIENCE).until(() -> database.number(WITH, """
                    select (select count(*) from webhook_outbox) + (select count(*) from webhook_delivery)""") == 0);
            System.out.printf("%s: %.0f/s without endpoints, %.0f/s with two, told %.0f/s meanwhile, all after %.1f s%n",
                    what, without, with, meanwhile, (System.nanoTime() - start) / 1e9);
            if (i > 0) { // The first is to warm up.
                ratios.add(with / without);
            }
        }
        ratios.sort(null);
        System.out.printf("%s: %.2f of the pushes without endpoints, the median of %d; %.2f to %.2f%n",
                what, ratios.get(ROUNDS / 2), ROUNDS, ratios.get(0), ratios.get(ROUNDS - 1));
    }
}
