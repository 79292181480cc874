package io.longshore.registry.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.manifest.TestManifest;
import io.longshore.registry.manifest.TestPolicy;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in the outbox when something else changes. */
class OutboxTest {
    private static final Actor ALICE = new Actor("user:alice", "192.0.2.7");

    private final OutboxTable outbox = new OutboxTable();
    private TestDatabase postgres;
    private ManifestService manifests;
    private TestNode node;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        manifests = new ManifestService(postgres.database(), TestPolicy.COMPLETE);
        node = new TestNode(postgres.database(), new FakeReceiver(), toldOfTags("first"));
    }

    @AfterEach
    void close() {
        node.close();
        postgres.close();
    }

    private static TestEndpoint toldOfTags(String name) {
        return TestEndpoint.named(name).withFilter(EnumSet.of(EventAction.TAG_CREATE), Set.of(), "**");
    }

    private void push(String tag) {
        manifests.push(
                ALICE, RepositoryName.parse("team/app"), new Tag(tag), TestManifest.artifact(tag).bytes(), null);
    }

    private List<String> pending() {
        postgres.database().transaction(tx -> outbox.queue(tx, 100));
        return postgres.column("""
                select w.name || ' ' || e.tag from webhook_delivery d
                join webhook_endpoint w on w.id = d.endpoint_id join webhook_event e on e.id = d.event_id
                order by d.id""");
    }

    private TestNode restarted(TestEndpoint... endpoints) {
        node.close();
        return new TestNode(postgres.database(), new FakeReceiver(), endpoints);
    }

    @Test
    void theVeryFirstEventIsTold() {
        push("v1");

        assertThat(pending()).containsExactly("first v1");
    }

    @Test
    void anEndpointThatIsMadeIsNotToldWhatHappenedBeforeUnlessSomebodyAsks() {
        push("before");
        Endpoint made = Endpoint.of(0, toldOfTags("made").configured(), false);
        node.endpoints.create(ALICE, made);
        push("after");

        assertThat(pending()).containsExactlyInAnyOrder("first before", "first after", "made after");
        new Replays(postgres.database(), new Audit(postgres.database()), DeliveryObserver.NONE, () -> {}).events(
                ALICE, "made", new EventSelection(List.of(), Optional.empty(), Optional.empty()));
        assertThat(pending()).contains("made before");
    }

    @Test
    void anEndpointThatIsConfiguredIsNotToldWhatHappenedBefore() {
        push("before");
        node = restarted(toldOfTags("first"), toldOfTags("second"));
        push("after");

        assertThat(pending()).containsExactlyInAnyOrder("first before", "first after", "second after");
    }

    @Test
    void anEndpointThatIsSwitchedOnAgainIsNotToldWhatHappenedMeanwhile() {
        node = restarted(toldOfTags("first").switchedOff(), toldOfTags("second"));
        push("meanwhile");
        node = restarted(toldOfTags("first"), toldOfTags("second"));
        push("after");

        assertThat(pending()).containsExactlyInAnyOrder("second meanwhile", "first after", "second after");
    }

    @Test
    void anEndpointThatIsPausedOrConfiguredAnewIsToldWhatHappened() {
        node.endpoints.pause(ALICE, "first", true);
        push("paused");
        node.endpoints.pause(ALICE, "first", false);
        node = restarted(toldOfTags("first"));

        assertThat(pending()).containsExactly("first paused");
    }
}
