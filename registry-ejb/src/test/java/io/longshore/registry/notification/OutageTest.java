package io.longshore.registry.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.manifest.TestManifest;
import io.longshore.registry.manifest.TestPolicy;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.notification.FakeReceiver.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver is down for an hour, minute by minute: the times in the database are moved, which is what waits go by. */
class OutageTest {
    private static final Actor ALICE = new Actor("user:alice", "192.0.2.7");
    private static final Answer REFUSED =
            new Answer(OptionalInt.empty(), "connection refused", Duration.ofMillis(1), Optional.empty());
    private static final int MINUTES = 60;
    private static final List<String> REPOSITORIES = List.of("team/a", "team/b", "team/c");
    private static final Duration BACKOFF = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** Waits are doubled until they are the longest, and are between half and all of what they would be. */
    private static final long MOST_FAILURES_OF_A_REPOSITORY =
            64 - Long.numberOfLeadingZeros(LONGEST.dividedBy(BACKOFF)) + 1 + 2 * (MINUTES / LONGEST.toMinutes() + 1);

    private final FakeReceiver receiver = new FakeReceiver();
    private TestDatabase postgres;
    private ManifestService manifests;
    private TestNode node;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        manifests = new ManifestService(postgres.database(), TestPolicy.COMPLETE);
        node = new TestNode(
                postgres.database(), receiver,
                TestEndpoint.named("receiver")
                        .withFilter(EnumSet.of(EventAction.MANIFEST_PUSH), Set.of(), "**")
                        .withPace(new EndpointConfig.Pace(
                                Duration.ofSeconds(1), 3, BACKOFF, LONGEST, Duration.ofHours(2))))
                .start();
    }

    @AfterEach
    void close() {
        node.close();
        postgres.close();
    }

    @Test
    void everythingIsToldInOrderToAReceiverThatIsBackAfterAnHour() {
        Queue<Sent> inVain = new ConcurrentLinkedQueue<>();
        receiver.answers(sent -> {
            inVain.add(sent);
            return REFUSED;
        });
        for (int minute = 0; minute < MINUTES; minute++) {
            for (String repository : REPOSITORIES) {
                push(repository, "v" + minute);
            }
            untilNothingIsDue();
            aMinutePasses();
        }
        Map<String, List<String>> told = new ConcurrentHashMap<>();
        receiver.answers(sent -> {
            told.computeIfAbsent(repository(sent), name -> new CopyOnWriteArrayList<>())
                    .add(sent.event().tag().orElseThrow().value());
            return FakeReceiver.OK;
        });
        for (long i = 0; i < LONGEST.toMinutes(); i++) {
            aMinutePasses();
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            node.dispatcher.tick();
            assertThat(count("webhook_delivery") + count("webhook_lane")).isZero();
        });

        List<String> tags = new ArrayList<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            tags.add("v" + minute);
        }
        for (String repository : REPOSITORIES) {
            assertThat(told.get(repository)).as(repository).isEqualTo(tags);
            assertThat(inVain.stream().filter(sent -> repository(sent).equals(repository)).count())
                    .as("attempts in vain")
                    .isBetween(MINUTES / LONGEST.toMinutes(), MOST_FAILURES_OF_A_REPOSITORY);
        }
        assertThat(count("webhook_dead_letter")).isZero();
    }

    private static String repository(Sent sent) {
        return sent.event().repository().orElseThrow().value();
    }

    private void push(String repository, String tag) {
        manifests.push(
                ALICE, RepositoryName.parse(repository), new Tag(tag), TestManifest.artifact(tag).bytes(), null);
        node.dispatcher.wrote();
    }

    private void untilNothingIsDue() {
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
            node.dispatcher.tick();
            assertThat(count("webhook_outbox")).isZero();
            assertThat(count("webhook_lane where node is not null or next_at <= now()")).isZero();
        });
    }

    private void aMinutePasses() {
        for (String time : List.of(
                "webhook_lane.next_at", "webhook_lane.failing_since", "webhook_delivery.created_at", "webhook_event.at",
                "webhook_endpoint.tried_since")) {
            String[] names = time.split("\\.");
            postgres.run("update %1$s set %2$s = %2$s - interval '1 minute'".formatted(names[0], names[1]));
        }
    }

    private long count(String from) {
        return Long.parseLong(postgres.column("select count(*) from " + from).get(0));
    }
}
