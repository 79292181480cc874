package io.longshore.registry.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.manifest.TestManifest;
import io.longshore.registry.manifest.TestPolicy;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an observer is told. */
class DeliveryObserverTest {
    private static final Actor ALICE = new Actor("user:alice", "192.0.2.7");
    private static final EndpointConfig.Pace ONCE = new EndpointConfig.Pace(
            Duration.ofSeconds(1), 1000, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);

    /** Counts events, by endpoint and by what became of them. */
    private static final class Tally implements DeliveryObserver {
        private final Map<String, Long> counts = new ConcurrentHashMap<>();

        @Override
        public void queued(String endpoint, long events) {
            counts.merge(endpoint + " queued", events, Long::sum);
        }

        @Override
        public void answered(String endpoint, int events, Answer answer) {
            counts.merge(endpoint + ' ' + answer.status().getAsInt(), (long) events, Long::sum);
        }
    }

    private final Tally tally = new Tally();
    private final FakeReceiver receiver = new FakeReceiver();
    private TestDatabase postgres;
    private ManifestService manifests;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        manifests = new ManifestService(postgres.database(), TestPolicy.COMPLETE);
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    private TestNode start(TestEndpoint... endpoints) {
        TestNode node = new TestNode(postgres.database(), receiver, tally, endpoints).start();
        node.dispatcher.tick();
        return node;
    }

    private static TestEndpoint toldOfTags(String name) {
        return TestEndpoint.named(name).withPace(ONCE)
                .withFilter(EnumSet.of(EventAction.TAG_CREATE), Set.of(), "**");
    }

    private void push(TestNode node, String repository, String... tags) {
        for (String tag : tags) {
            manifests.push(
                    ALICE, RepositoryName.parse(repository), new Tag(tag), TestManifest.artifact(tag).bytes(), null);
        }
        node.dispatcher.wrote();
    }

    private void awaitCounts(Map<String, Long> expected) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(tally.counts).isEqualTo(expected));
    }

    @Test
    void hearsOfEachEventWhateverTheLanesAndBatches() {
        receiver.answers(sent -> sent.endpoint().equals("b") ? FakeReceiver.answer(503) : FakeReceiver.OK);
        try (TestNode node = start(toldOfTags("a").withBatches(10), toldOfTags("b"))) {
            push(node, "team/app", "v1", "v2", "v3");
            push(node, "team/web", "v1", "v2");

            awaitCounts(Map.of("a queued", 5L, "a 200", 5L, "b queued", 5L, "b 503", 5L));
        }
    }

    @Test
    void hearsOfWhatIsSentAgainAndOfNoPing() {
        receiver.answers(sent -> FakeReceiver.answer(503));
        try (TestNode node = start(toldOfTags("a"))) {
            push(node, "team/app", "v1");
            awaitCounts(Map.of("a queued", 1L, "a 503", 1L));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> postgres.column("select 1 from webhook_dead_letter").size() == 1);
            receiver.answers(sent -> FakeReceiver.OK);
            node.dispatcher.ping(node.endpoint("a"), ALICE).join();
            new Replays(postgres.database(), new Audit(postgres.database()), tally, () -> {}).deadLetters(ALICE, "a");

            awaitCounts(Map.of("a queued", 2L, "a 503", 1L, "a 200", 1L));
        }
    }

    @Test
    void hearsOfEndpointsThatThisNodeDoesNotKnow() {
        try (TestNode other = new TestNode(postgres.database(), new FakeReceiver(), toldOfTags("elsewhere"));
                TestNode node = new TestNode(postgres.database(), receiver, tally)) {
            other.endpoints.adopt();
            push(node, "team/app", "v1", "v2");
            node.dispatcher.received("outbox");

            assertThat(tally.counts).isEqualTo(Map.of("elsewhere queued", 2L));
        }
    }
}
