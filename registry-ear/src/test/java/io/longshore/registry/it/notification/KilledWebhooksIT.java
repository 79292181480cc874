package io.longshore.registry.it.notification;

import io.longshore.registry.it.fault.Seed;
import org.junit.jupiter.api.Test;

/** No event is lost, none comes out of order, whatever dies. */
class KilledWebhooksIT {

    @Test
    void tellsEverythingInOrderAlthoughTheReceiverFailsAndTheServerIsKilled() throws Exception {
        try (KilledWebhooks webhooks = new KilledWebhooks(800, 2, Seed.of(KilledWebhooksIT.class))) {
            webhooks.run();
        }
    }
}
