package io.longshore.registry;

import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.metrics.Metrics;
import io.longshore.registry.notification.DeliveryObserver;
import io.longshore.registry.notification.Endpoints;
import io.longshore.registry.replication.ReplicationObserver;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Says to CDI how metrics are made, as {@link Wiring} does of the rest. */
@Dependent
public class MetricsWiring {

    /** Where nobody is to see them, nothing is measured. */
    @Produces
    @Singleton
    static Optional<Metrics> metrics(RegistryConfig config, Endpoints endpoints) {
        return config.http().debug().map(debug -> new Metrics(endpoints::list));
    }

    static void close(@Disposes Optional<Metrics> metrics) {
        metrics.ifPresent(Metrics::close);
    }

    @Produces
    @Singleton
    static DeliveryObserver deliveryObserver(Optional<Metrics> metrics) {
        return metrics.map(Metrics::webhooks).orElse(DeliveryObserver.NONE);
    }

    @Produces
    @Singleton
    static ReplicationObserver replicationObserver(Optional<Metrics> metrics) {
        return metrics.map(Metrics::replication).orElse(ReplicationObserver.NONE);
    }
}
