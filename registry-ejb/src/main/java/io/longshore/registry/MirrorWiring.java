package io.longshore.registry;

import io.longshore.registry.blob.BlobService;
import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.database.Database;
import io.longshore.registry.mirror.Mirror;
import io.longshore.registry.mirror.Upstreams;
import io.longshore.registry.storage.BlobStore;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;

/** Says to CDI how the mirror is made, as {@link Wiring} does of the rest. */
@Dependent
public class MirrorWiring {

    @Produces
    @Singleton
    static Upstreams upstreams(Database database, RegistryConfig config) {
        return new Upstreams(database, config.mirror());
    }

    @Produces
    @Singleton
    static Mirror mirror(
            Upstreams upstreams, Database database, BlobService blobs, BlobStore store, RegistryConfig config) {
        return new Mirror(
                upstreams, database, blobs, store, config.data().resolve("mirror"),
                Executors.newCachedThreadPool(MirrorWiring::thread));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "fetch of the mirror");
        thread.setDaemon(true);
        return thread;
    }
}
