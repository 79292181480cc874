package io.longshore.registry.it.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.fault.Seed;
import io.longshore.registry.it.protocol.Http;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Pushes tags to several repositories, to each one after the other, while a receiver fails three requests in ten, and the
 * server is killed again and again. Then looks at what the receiver was told.
 */
final class KilledWebhooks implements AutoCloseable {
    private static final double FAILURES = 0.3;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final int count;
    private final int kills;
    private final Random random;
    private final Receiver receiver;
    private final RegistryServer server;
    private final Resolution resolution;
    private final TagPushes pushes;

    KilledWebhooks(int count, int kills, Seed seed) {
        this.count = count;
        this.kills = kills;
        this.random = seed.random(0);
        Random failures = seed.random(1);
        receiver = new Receiver(event -> 200);
        server = RegistryServer.start(Map.of("REGISTRY_NOTIFICATIONS_ENDPOINTS", """
                [{name: receiver, url: "%s", timeout: 5s, threshold: 20, backoff: 10ms, maxbackoff: 200ms,
                  actions: [manifest.push]}]""".formatted(receiver.url())));
        Nodes nodes = new Nodes(List.of(new Http(server.uri())));
        resolution = new Resolution(nodes);
        pushes = new TagPushes(nodes, seed);
        receiver.answers(event -> {
            resolution.check(event);
            synchronized (failures) {
                return failures.nextDouble() < FAILURES ? 500 : 200;
            }
        });
    }

    void run() throws Exception {
        pushes.start(count);
        for (int kill = 1; kill <= kills; kill++) {
            pushes.await(count * kill / (kills + 1) + random.nextInt(10));
            server.kill();
            server.restart();
        }
        pushes.finish();
        await().atMost(PATIENCE).until(() -> new Told(receiver.events()).count() >= pushes.count());
        Told told = new Told(receiver.events());
        told.isWhatWasPushed(pushes);
        assertThat(resolution.unresolved()).isEmpty();
        System.out.printf("%d pushes, %d kills: %d requests with an event, %d events told more than once%n",
                pushes.acknowledged(), kills, told.events().size(), told.toldAgain().size());
    }

    @Override
    public void close() {
        pushes.close();
        server.close();
        receiver.close();
    }
}
