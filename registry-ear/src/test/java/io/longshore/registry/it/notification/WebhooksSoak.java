package io.longshore.registry.it.notification;

import io.longshore.registry.it.fault.Seed;
import org.junit.jupiter.api.Test;

/** As {@link KilledWebhooksIT}, for longer; run by hand with the Maven profile {@code soak}. */
class WebhooksSoak {
    private static final int PUSHES = Integer.getInteger("soak.pushes", 10_000);
    private static final int KILLS = Integer.getInteger("soak.kills", 20);

    @Test
    void tellsEverythingInOrderOfTenThousandPushes() throws Exception {
        try (KilledWebhooks webhooks = new KilledWebhooks(PUSHES, KILLS, Seed.of(WebhooksSoak.class))) {
            webhooks.run();
        }
    }
}
