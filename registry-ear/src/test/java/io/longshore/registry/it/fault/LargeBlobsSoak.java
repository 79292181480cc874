package io.longshore.registry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Repository;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many clients with blobs of a gibibyte, run by hand with the Maven profile {@code soak}. It needs {@code soak.pushers}
 * + 1 times the size of a blob on the disk. The system properties {@code soak.pushers}, {@code soak.pullers} and
 * {@code soak.mebibytes} make it smaller or larger.
 */
class LargeBlobsSoak {
    private static final int PUSHERS = Integer.getInteger("soak.pushers", 32);
    private static final int PULLERS = Integer.getInteger("soak.pullers", 32);
    private static final long BLOB_BYTES = Long.getLong("soak.mebibytes", 1024) << 20;

    private final RegistryServer server = RegistryServer.start(Map.of());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void carriesBlobsOfAGibibyteForManyClientsInTheMemoryItComesWith() throws Exception {
        long seed = Seed.of(LargeBlobsSoak.class).random(0).nextLong();
        Repository repository = Repository.fresh(new Http(server.uri()), "soak");
        long start = System.nanoTime();

        new Load(server.uri(), repository, seed, BLOB_BYTES).run(PUSHERS, PULLERS);

        System.out.printf("%d pushes and %d pulls of %d MiB at once, then %1$d pulls: %d s, processor time %s%n",
                PUSHERS, PULLERS, BLOB_BYTES >> 20, Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                server.process().info().totalCpuDuration().orElse(Duration.ZERO));
        assertThat(StorageFolder.of(server).stages()).isEmpty();
        assertThat(server.log()).doesNotContain("OutOfMemoryError");
    }
}
