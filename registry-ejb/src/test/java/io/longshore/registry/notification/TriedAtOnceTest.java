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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After a failure, an endpoint is left alone for an hour, unless somebody asks. */
class TriedAtOnceTest {
    private static final Actor ALICE = new Actor("user:alice", "192.0.2.7");
    private static final TestEndpoint ENDPOINT = TestEndpoint.named("tags")
            .withFilter(EnumSet.of(EventAction.TAG_CREATE), Set.of(), "**")
            .withPace(new EndpointConfig.Pace(
                    Duration.ofSeconds(1), 1, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(2)));

    private final FakeReceiver receiver = new FakeReceiver();
    private TestDatabase postgres;
    private TestNode node;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        node = new TestNode(postgres.database(), receiver, ENDPOINT).start();
        node.dispatcher.tick();
    }

    @AfterEach
    void close() {
        node.close();
        postgres.close();
    }

    private void push() {
        new ManifestService(postgres.database(), TestPolicy.COMPLETE).push(
                ALICE, RepositoryName.parse("team/app"), new Tag("v1"), TestManifest.artifact("v1").bytes(), null);
        node.dispatcher.wrote();
    }

    private void failOnce() throws InterruptedException {
        receiver.answers(sent -> FakeReceiver.answer(503));
        push();
        receiver.next();
        awaitWaiting();
        receiver.answers(sent -> FakeReceiver.OK);
    }

    private void awaitWaiting() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                postgres.column("select attempts from webhook_delivery join webhook_lane l using (repository)"
                        + " where l.node is null and next_at > now()")).containsExactly("1"));
    }

    @Test
    void anEndpointThatIsResumedByAnotherNode() throws Exception {
        failOnce();
        try (TestNode other = new TestNode(postgres.database(), new FakeReceiver(), ENDPOINT)) {
            other.endpoints.pause(ALICE, "tags", true);
            other.endpoints.pause(ALICE, "tags", false);

            assertThat(receiver.next().event().tag()).contains(new Tag("v1"));
        }
    }

    @Test
    void anEndpointThatIsToBeToldSomethingAgain() throws Exception {
        failOnce();
        Replays replays = new Replays(
                postgres.database(), new Audit(postgres.database()), DeliveryObserver.NONE, node.dispatcher::wrote);

        replays.events(ALICE, "tags", new EventSelection(List.of(), Optional.empty(), Optional.empty()));

        assertThat(receiver.next(2)).extracting(sent -> sent.event().tag().orElseThrow().value())
                .containsExactly("v1", "v1");
    }

    @Test
    void anEndpointThatIsResumedWhileAnAttemptBeforeHangs() throws Exception {
        CompletableFuture<Answer> late = new CompletableFuture<>();
        receiver.answersLater(sent -> late);
        push();
        receiver.next();
        receiver.answers(sent -> FakeReceiver.OK);
        node.endpoints.pause(ALICE, "tags", true);
        node.endpoints.pause(ALICE, "tags", false);
        node.dispatcher.tick();
        late.complete(FakeReceiver.answer(503));

        assertThat(receiver.next().event().tag()).contains(new Tag("v1"));
    }
}
