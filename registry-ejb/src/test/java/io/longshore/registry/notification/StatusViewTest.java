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
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The view {@code webhook_status}, and what the administration says by it. */
class StatusViewTest {
    private static final Actor ALICE = new Actor("user:alice", "192.0.2.7");
    private static final EndpointConfig.Pace ONCE = new EndpointConfig.Pace(
            Duration.ofSeconds(1), 1000, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
    private static final String NUMBERS = """
            select concat_ws(' ', name, state, pending, received, failed, given_up, dead_letters, last_status,
                             last_latency_ms)
            from webhook_status order by name""";

    private final FakeReceiver receiver = new FakeReceiver();
    private TestDatabase postgres;
    private ManifestService manifests;
    private TestNode node;

    /** {@code hooks} is told of new tags, which it refuses if they are bad; {@code idle} of what never happens. */
    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        manifests = new ManifestService(postgres.database(), TestPolicy.COMPLETE);
        receiver.answers(sent -> sent.event().tag().orElseThrow().value().startsWith("bad")
                ? FakeReceiver.answer(503) : FakeReceiver.OK);
        node = new TestNode(
                postgres.database(), receiver, toldOfTags("hooks", "**"), toldOfTags("idle", "never/*")).start();
        node.dispatcher.tick();
    }

    @AfterEach
    void close() {
        node.close();
        postgres.close();
    }

    private static TestEndpoint toldOfTags(String name, String repositories) {
        return TestEndpoint.named(name).withPace(ONCE)
                .withFilter(EnumSet.of(EventAction.TAG_CREATE), Set.of(), repositories);
    }

    private void push(String repository, String tag) {
        manifests.push(
                ALICE, RepositoryName.parse(repository), new Tag(tag), TestManifest.artifact(tag).bytes(), null);
        node.dispatcher.wrote();
    }

    private void awaitNumbers(String... expected) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(postgres.column(NUMBERS)).containsExactly(expected));
    }

    @Test
    void countsWhatWasReceivedWhatFailedAndWhatWasGivenUp() {
        push("team/app", "bad1");
        push("team/app", "bad2");
        push("team/app", "good");

        awaitNumbers("hooks active 0 1 2 2 2 200 3", "idle active 0 0 0 0 0");
        assertThat(postgres.column("""
                select concat_ws(' ', last_at is null, pending_since is null) from webhook_status order by name"""))
                .containsExactly("f t", "t t");
    }

    @Test
    void countsWhatIsPendingAndForgetsDeadLettersThatAreToldAgain() {
        push("team/app", "bad");
        awaitNumbers("hooks active 0 0 1 1 1 503 3", "idle active 0 0 0 0 0");
        node.endpoints.pause(ALICE, "hooks", true);
        push("team/app", "v1");
        push("team/web", "v1");
        awaitNumbers("hooks paused 2 0 1 1 1 503 3", "idle active 0 0 0 0 0");

        new Replays(postgres.database(), new Audit(postgres.database()), DeliveryObserver.NONE, () -> {})
                .deadLetters(ALICE, "hooks");

        awaitNumbers("hooks paused 3 0 1 1 0 503 3", "idle active 0 0 0 0 0");
    }

    @Test
    void saysSinceWhenTheOldestWaits() {
        node.endpoints.pause(ALICE, "hooks", true);
        push("team/app", "v1");
        push("team/app", "v2");
        push("team/web", "v1");
        awaitNumbers("hooks paused 3 0 0 0 0", "idle active 0 0 0 0 0");
        postgres.run("""
                update webhook_delivery set created_at = timestamptz '2026-01-31 12:00:00Z' + interval '1 minute' * (
                    case repository
                        when 'team/web' then 1
                        else 2 + id - (select min(id) from webhook_delivery)
                    end)""");

        assertThat(node.endpoints.get("hooks").oldest()).contains(Instant.parse("2026-01-31T12:01:00Z"));
        assertThat(node.endpoints.get("idle").oldest()).isEmpty();
    }

    @Test
    void whatNobodyHasLookedAtYetCountsForEachThatIsOn() {
        node.close();
        push("team/app", "v1");
        postgres.run("update webhook_event set at = timestamptz '2026-01-31 12:00:00Z'");

        assertThat(postgres.column(NUMBERS)).containsExactly("hooks active 1 0 0 0 0", "idle active 1 0 0 0 0");
        assertThat(postgres.column("""
                select pending_since = timestamptz '2026-01-31 12:00:00Z' from webhook_status"""))
                .containsExactly("t", "t");
        postgres.run("update webhook_endpoint set state = 'off' where name = 'idle'");
        assertThat(postgres.column("select pending from webhook_status where pending_since is null and name = 'idle'"))
                .containsExactly("0");
    }

    @Test
    void theAdministrationSaysTheSame() {
        push("team/app", "bad");
        awaitNumbers("hooks active 0 0 1 1 1 503 3", "idle active 0 0 0 0 0");

        List<EndpointStatus> statuses = node.endpoints.list();

        assertThat(statuses).extracting(EndpointStatus::name).containsExactly("hooks", "idle");
        EndpointStatus status = statuses.get(0);
        assertThat(status.pending()).isZero();
        assertThat(status.deadLetters()).isOne();
        assertThat(status.attempts().received()).isZero();
        assertThat(status.attempts().failed()).isOne();
        assertThat(status.attempts().givenUp()).isOne();
        assertThat(status.attempts().lastStatus()).isEqualTo(OptionalInt.of(503));
    }
}
