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
import io.longshore.registry.notification.FakeReceiver.Sent;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event is given up after an hour: the times in the database are moved. */
class GivingUpTest {
    private static final Actor ALICE = new Actor("user:alice", "192.0.2.7");
    private static final TestEndpoint ENDPOINT = TestEndpoint.named("tags")
            .withFilter(EnumSet.of(EventAction.TAG_CREATE), Set.of(), "**")
            .withPace(new EndpointConfig.Pace(
                    Duration.ofSeconds(1), 1000, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofHours(1)));

    private final FakeReceiver receiver = new FakeReceiver();
    private TestDatabase postgres;
    private TestNode node;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
    }

    @AfterEach
    void close() {
        node.close();
        postgres.close();
    }

    private void start(TestEndpoint endpoint) {
        node = new TestNode(postgres.database(), receiver, endpoint).start();
        node.dispatcher.tick();
    }

    private void push(String... tags) {
        ManifestService manifests = new ManifestService(postgres.database(), TestPolicy.COMPLETE);
        for (String tag : tags) {
            manifests.push(
                    ALICE, RepositoryName.parse("team/app"), new Tag(tag), TestManifest.artifact(tag).bytes(), null);
        }
        node.dispatcher.wrote();
    }

    private static String tag(Sent sent) {
        return sent.event().tag().orElseThrow().value();
    }

    /** Of what says since when something is tried, some. */
    private void timePasses(String interval, String... columns) {
        for (String column : columns) {
            String[] names = column.split("\\.");
            postgres.run("update %1$s set %2$s = %2$s - interval '%3$s'".formatted(names[0], names[1], interval));
        }
    }

    private void twoHoursPass() {
        timePasses(
                "2 hours", "webhook_delivery.created_at", "webhook_lane.next_at", "webhook_lane.failing_since",
                "webhook_endpoint.tried_since");
    }

    private void awaitCount(String from, int expected) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            node.dispatcher.tick();
            assertThat(count(from)).isEqualTo(expected);
        });
    }

    private int count(String from) {
        return Integer.parseInt(postgres.column("select count(*) from " + from).get(0));
    }

    private void awaitFailures(int more) {
        int before = count("webhook_attempt where not received");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            node.dispatcher.tick();
            assertThat(count("webhook_attempt where not received")).isGreaterThanOrEqualTo(before + more);
        });
    }

    @Test
    void whatWaitedForAnEndpointThatWasPausedForAWeekIsTriedAnew() {
        receiver.answers(sent -> FakeReceiver.answer(503));
        start(ENDPOINT);
        push("v1", "v2");
        awaitFailures(1);
        node.endpoints.pause(ALICE, "tags", true);
        awaitCount("webhook_lane where node is not null", 0);
        timePasses(
                "7 days", "webhook_delivery.created_at", "webhook_lane.next_at", "webhook_lane.failing_since",
                "webhook_endpoint.tried_since");
        node.endpoints.pause(ALICE, "tags", false);

        awaitFailures(2);
        assertThat(count("webhook_dead_letter")).isZero();
        twoHoursPass();
        awaitCount("webhook_dead_letter", 2);
    }

    @Test
    void timeInWhichNoNodeRanDoesNotCount() {
        receiver.answers(sent -> FakeReceiver.answer(503));
        start(ENDPOINT);
        push("v1", "v2");
        awaitFailures(1);
        node.close();
        timePasses(
                "7 days", "webhook_delivery.created_at", "webhook_lane.next_at", "webhook_lane.failing_since",
                "webhook_endpoint.tried_since", "webhook_endpoint.tended_at");
        start(ENDPOINT);

        awaitFailures(2);
        assertThat(count("webhook_dead_letter")).isZero();
    }

    @Test
    void aStartThatTakesAMomentDoesNotMakeItTryForLonger() {
        receiver.answers(sent -> FakeReceiver.answer(503));
        start(ENDPOINT);
        push("v1");
        awaitFailures(1);
        node.close();
        twoHoursPass();
        timePasses("5 minutes", "webhook_endpoint.tended_at");
        start(ENDPOINT);

        awaitCount("webhook_dead_letter", 1);
    }

    @Test
    void whatWaitedBehindSomethingThatIsGivenUpNeedsNotBeTriedForAsLong() {
        receiver.answers(sent -> FakeReceiver.answer(503));
        start(ENDPOINT);
        push("v1", "v2", "v3");
        awaitFailures(1);
        awaitCount("webhook_delivery", 3);
        twoHoursPass();

        awaitCount("webhook_dead_letter", 3);
    }

    @Test
    void whatFailsForTheFirstTimeBehindWhatWasReceivedIsTriedForLong() throws Exception {
        CompletableFuture<Answer> late = new CompletableFuture<>();
        AtomicInteger requests = new AtomicInteger();
        receiver.answersLater(sent -> switch (requests.incrementAndGet()) {
            case 1 -> CompletableFuture.completedFuture(FakeReceiver.answer(503));
            case 3 -> late;
            default -> CompletableFuture.completedFuture(FakeReceiver.OK);
        });
        start(ENDPOINT);
        push("v1", "v2");
        receiver.next(3);
        twoHoursPass();
        late.complete(FakeReceiver.answer(503));

        assertThat(tag(receiver.next())).isEqualTo("v2");
        awaitCount("webhook_delivery", 0);
        assertThat(count("webhook_dead_letter")).isZero();
    }

    @Test
    void ofWhatIsSentTogetherTheYoungIsKept() {
        receiver.answers(sent -> FakeReceiver.answer(503));
        start(ENDPOINT.withBatches(10));
        push("old");
        awaitFailures(1);
        node.endpoints.pause(ALICE, "tags", true);
        awaitCount("webhook_lane where node is not null", 0);
        twoHoursPass();
        push("young");
        awaitCount("webhook_delivery", 2);
        postgres.run("update webhook_endpoint set state = 'active'");

        awaitCount("webhook_dead_letter", 1);
        awaitFailures(2);
        assertThat(count("webhook_dead_letter")).isEqualTo(1);
        assertThat(count("webhook_delivery")).isEqualTo(1);
    }

    @Test
    void whatIsToldAgainIsTriedForAsLongAgain() {
        receiver.answers(sent -> FakeReceiver.answer(503));
        start(ENDPOINT);
        push("v1");
        awaitFailures(1);
        twoHoursPass();
        awaitCount("webhook_dead_letter", 1);
        Replays replays = new Replays(
                postgres.database(), new Audit(postgres.database()), DeliveryObserver.NONE, node.dispatcher::wrote);

        assertThat(replays.deadLetters(ALICE, "tags")).isEqualTo(1);

        awaitFailures(2);
        assertThat(count("webhook_dead_letter")).isZero();
    }
}
