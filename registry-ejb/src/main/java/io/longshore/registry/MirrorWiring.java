package io.longshore.registry;

import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.blob.BlobService;
import io.longshore.registry.blob.Reclaim;
import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.config.StorageConfig;
import io.longshore.registry.database.Database;
import io.longshore.registry.metrics.Metrics;
import io.longshore.registry.mirror.Mirror;
import io.longshore.registry.mirror.MirrorObserver;
import io.longshore.registry.mirror.Traffic;
import io.longshore.registry.mirror.Upstreams;
import io.longshore.registry.seal.Seal;
import io.longshore.registry.storage.BlobStore;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Says to CDI how the mirror is made, as {@link Wiring} does of the rest. */
@Dependent
public class MirrorWiring {

    @Produces
    @Singleton
    static Traffic traffic(Database database, Optional<Metrics> metrics) {
        return new Traffic(database, metrics.map(Metrics::mirrors).orElse(MirrorObserver.NONE));
    }

    @Produces
    @Singleton
    static Upstreams upstreams(
            Database database, Audit audit, RegistryConfig config, Traffic traffic, Policy policy) {
        Seal seal = Seal.of(config.auth().tokens().keySecret(), "longshore mirrors", "application/json");
        return new Upstreams(
                database, audit, seal, config.mirror(), traffic, () -> policy.readOnly().enabled());
    }

    @Produces
    @Singleton
    static Reclaim reclaim(Database database, BlobStore store, RegistryConfig config) {
        return new Reclaim(database, store, longestRead(config.storage()));
    }

    /** How long a client may still have the address of a blob that it was sent to. */
    private static Duration longestRead(StorageConfig storage) {
        if (storage.redirects() && storage.driver() instanceof StorageConfig.S3 s3) {
            return s3.redirectExpiry();
        }
        if (storage.redirects() && storage.driver() instanceof StorageConfig.Azure azure) {
            return azure.redirectExpiry();
        }
        return Duration.ofMinutes(1);
    }

    @Produces
    @Singleton
    static Mirror mirror(
            Upstreams upstreams, Traffic traffic, Database database, BlobService blobs, BlobStore store,
            Reclaim reclaim, RegistryConfig config) {
        return new Mirror(
                upstreams, traffic, database, blobs, store, reclaim, config.data().resolve("mirror"),
                Executors.newCachedThreadPool(MirrorWiring::thread));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "fetch of the mirror");
        thread.setDaemon(true);
        return thread;
    }
}
