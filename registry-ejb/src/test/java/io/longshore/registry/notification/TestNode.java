package io.longshore.registry.notification;

import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.Via;
import io.longshore.registry.config.NotificationConfig;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.Database;
import io.longshore.registry.seal.Seal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/** A node that sends webhooks, with messages that arrive at once on a thread of its own. Closing it is a clean stop. */
final class TestNode implements AutoCloseable {
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
    final Endpoints endpoints;
    final Dispatcher dispatcher;

    TestNode(Database database, Sender sender, TestEndpoint... configured) {
        this(database, sender, DeliveryObserver.NONE, configured);
    }

    TestNode(Database database, Sender sender, DeliveryObserver observer, TestEndpoint... configured) {
        this(database, sender, observer, 0, configured);
    }

    /** @param load the share of the processors that are said to be busy all the time */
    TestNode(Database database, Sender sender, DeliveryObserver observer, double load, TestEndpoint... configured) {
        NotificationConfig config = new NotificationConfig(
                false, true, Duration.ofDays(7), new NotificationConfig.Targets(true, true, List.of()),
                Stream.of(configured).map(TestEndpoint::configured).toList());
        Seal seal = Seal.of(Optional.of(Secret.of("a secret of all nodes")), "webhooks", "application/json");
        Via.Node self = new Via.Node("test:5000", UUID.randomUUID());
        endpoints = new Endpoints(database, new Audit(database), seal, config, self);
        Dispatcher[] made = new Dispatcher[1];
        made[0] = new Dispatcher(
                database, endpoints, sender, new SendingRate(() -> load, System::nanoTime, 1), observer, text -> threads.execute(() -> made[0].received(text)), self);
        dispatcher = made[0];
        endpoints.adopt();
    }

    Endpoint endpoint(String name) {
        return endpoints.find(name);
    }

    TestNode start() {
        dispatcher.start(threads);
        return this;
    }

    /** As if it were killed: nothing is let go. */
    List<Runnable> kill() {
        return threads.shutdownNow();
    }

    @Override
    public void close() {
        if (!threads.isShutdown()) {
            dispatcher.stop(Duration.ofSeconds(5));
        }
        threads.shutdownNow();
    }
}
