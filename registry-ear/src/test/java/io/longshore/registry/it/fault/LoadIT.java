package io.longshore.registry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Repository;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that push and pull at once what is together larger than the memory of the server. */
class LoadIT {
    private static final int PUSHERS = 8;
    private static final int PULLERS = 8;
    private static final long BLOB_BYTES = 32L << 20;

    private final RegistryServer server = RegistryServer.start(Map.of());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void carriesLargeBlobsInTheMemoryItComesWith() throws Exception {
        long seed = Seed.of(LoadIT.class).random(0).nextLong();
        Repository repository = Repository.fresh(new Http(server.uri()), "load");

        new Load(server.uri(), repository, seed, BLOB_BYTES).run(PUSHERS, PULLERS);

        assertThat(StorageFolder.of(server).stages()).isEmpty();
        assertThat(server.log()).doesNotContain("OutOfMemoryError");
    }
}
