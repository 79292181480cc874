package io.longshore.registry.it.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.fault.Seed;
import io.longshore.registry.it.protocol.Http;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A receiver refuses connections for an hour while a tag is pushed each second, then comes back; run by hand with the
 * Maven profile {@code soak}. The system property {@code soak.outage}, such as {@code 60m}, says for how long.
 */
class OutageSoak {
    private static final Duration OUTAGE =
            Duration.parse("PT" + System.getProperty("soak.outage", "60m").toUpperCase(Locale.ROOT));
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    /** A wait is doubled from a second to the longest, and is between half and all of what it would be. */
    private static final long MOST_FAILURES = TagPushes.REPOSITORIES
            * (64 - Long.numberOfLeadingZeros(LONGEST_WAIT.toSeconds()) + 2 + 2 * OUTAGE.dividedBy(LONGEST_WAIT));
    private static final String STATUS = "/api/v1/webhooks/receiver";

    @Test
    void everythingIsToldOnceAndInOrderToAReceiverThatIsBack() throws Exception {
        Receiver receiver = new Receiver(event -> 200);
        RegistryServer server = RegistryServer.start(Map.of("REGISTRY_NOTIFICATIONS_ENDPOINTS",
                "[{name: receiver, url: \"%s\", actions: [manifest.push]}]".formatted(receiver.url())));
        Http http = new Http(server.uri());
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (TagPushes pushes = new TagPushes(new Nodes(List.of(http)), Seed.of(OutageSoak.class))) {
            receiver.goDown();
            clock.scheduleAtFixedRate(
                    () -> pushes.start(TagPushes.REPOSITORIES), 0, TagPushes.REPOSITORIES, TimeUnit.SECONDS);
            assertThat(clock.awaitTermination(OUTAGE.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
            clock.shutdown();
            assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            pushes.finish();
            JsonNode down = http.get(STATUS).send().expect(200).json();
            assertThat(down.path("pending").intValue()).isEqualTo(pushes.count());

            receiver.comeBack();
            long back = System.nanoTime();
            await().atMost(LONGEST_WAIT.multipliedBy(2))
                    .until(() -> new Told(receiver.events()).count() >= pushes.count());
            long last = System.nanoTime();
            await().atMost(LONGEST_WAIT)
                    .until(() -> http.get(STATUS).send().expect(200).json().path("pending").intValue() == 0);

            Told told = new Told(receiver.events());
            told.isWhatWasPushed(pushes);
            assertThat(told.toldAgain()).isEmpty();
            assertThat(down.path("failed").longValue()).isBetween(1L, MOST_FAILURES);
            System.out.printf("down for %s: %d events, %d attempts in vain, the last event %.1f s after the return%n",
                    OUTAGE, pushes.count(), down.path("failed").longValue(), (last - back) / 1e9);
        } finally {
            clock.shutdownNow();
            server.close();
            receiver.close();
        }
    }
}
