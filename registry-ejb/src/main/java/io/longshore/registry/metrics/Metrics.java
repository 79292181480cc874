package io.longshore.registry.metrics;

import io.longshore.registry.mirror.MirrorObserver;
import io.longshore.registry.notification.DeliveryObserver;
import io.longshore.registry.notification.EndpointStatus;
import io.longshore.registry.replication.ReplicationObserver;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/** All that this node measures, since its start. Thread-safe. */
public final class Metrics implements AutoCloseable {
    /** That of {@link #page}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final WebhookMetrics webhooks;
    private final ReplicationMetrics replication;
    private final MirrorMetrics mirrors;

    /** @param endpoints asks the database how the endpoints of webhooks are doing */
    public Metrics(Supplier<List<EndpointStatus>> endpoints) {
        registry.config().namingConvention(new DistributionNames());
        webhooks = new WebhookMetrics(registry, new Backlog(endpoints, System::nanoTime));
        replication = new ReplicationMetrics(registry);
        mirrors = new MirrorMetrics(registry);
        collections.bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** To be told what becomes of events. */
    public DeliveryObserver webhooks() {
        return webhooks;
    }

    /** To be told what is done for rules of replication. */
    public ReplicationObserver replication() {
        return replication;
    }

    /** To be told what mirrors do. */
    public MirrorObserver mirrors() {
        return mirrors;
    }

    /** What there is to say now, in the text format of Prometheus. Waits for the database for two seconds at most. */
    public String page() {
        webhooks.update();
        return registry.scrape();
    }

    /** Measures nothing any more. */
    @Override
    public void close() {
        collections.close();
        webhooks.close();
        registry.close();
    }
}
