package io.longshore.registry.notification;

import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.model.EventAction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.manifest.TestManifest;
import io.longshore.registry.manifest.TestPolicy;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.notification.FakeReceiver.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final Actor ALICE = new Actor("user:alice", "192.0.2.7");
    private static final Set<EventAction> TAGS = EnumSet.of(EventAction.TAG_CREATE, EventAction.TAG_MOVE);

    private final FakeReceiver receiver = new FakeReceiver();
    private TestDatabase postgres;
    private ManifestService manifests;
    private TestNode node;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        manifests = new ManifestService(postgres.database(), TestPolicy.COMPLETE);
    }

    @AfterEach
    void close() {
        if (node != null) {
            node.close();
        }
        postgres.close();
    }

    private void start(TestEndpoint... endpoints) {
        node = new TestNode(postgres.database(), receiver, endpoints).start();
        node.dispatcher.tick();
    }

    private void push(String repository, String tag) {
        manifests.push(
                ALICE, RepositoryName.parse(repository), new Tag(tag), TestManifest.artifact(tag).bytes(), null);
        if (node != null) {
            node.dispatcher.wrote();
        }
    }

    private static TestEndpoint toldOfTags(String name) {
        return TestEndpoint.named(name).withFilter(TAGS, Set.of(), "**");
    }

    private static String tag(Sent sent) {
        return sent.event().tag().orElseThrow().value();
    }

    private void awaitNothingLeft() {
        awaitCount("select count(*) from webhook_delivery union all select count(*) from webhook_lane", "0", "0");
    }

    private void awaitCount(String sql, String... expected) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(postgres.column(sql)).containsExactly(expected));
    }

    @Test
    void tellsEachEndpointWhatItWants() throws Exception {
        start(
                TestEndpoint.named("pushes").withFilter(EnumSet.of(EventAction.MANIFEST_PUSH), Set.of(), "team/*"),
                toldOfTags("tags"));
        push("other/app", "v1");
        push("team/app", "v2");

        Map<String, Integer> told = new HashMap<>();
        receiver.next(3).forEach(sent -> told.merge(sent.endpoint() + ' ' + sent.event().action() + ' ' + tag(sent), 1, Integer::sum));
        assertThat(told).containsOnlyKeys("pushes MANIFEST_PUSH v2", "tags TAG_CREATE v1", "tags TAG_CREATE v2");
        awaitNothingLeft();
        assertThat(receiver.rest()).isEmpty();
        assertThat(postgres.column("select received || ' ' || status from webhook_attempt"))
                .containsExactly("true 200", "true 200", "true 200");
    }

    @Test
    void tellsInOrderAndAgainWhatWasNotReceived() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        receiver.answers(sent -> requests.incrementAndGet() % 3 == 0 ? FakeReceiver.OK : FakeReceiver.answer(500));
        start(toldOfTags("tags"));
        for (int i = 0; i < 10; i++) {
            push("team/app", "v" + i);
        }

        List<String> told = receiver.next(30).stream().map(DispatcherTest::tag).distinct().toList();
        assertThat(told).containsExactly("v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9");
        awaitNothingLeft();
    }

    @Test
    void tellsTheSameEventByTheSameId() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        receiver.answers(sent -> requests.incrementAndGet() == 1 ? FakeReceiver.answer(503) : FakeReceiver.OK);
        start(toldOfTags("tags"));
        push("team/app", "v1");

        Event first = receiver.next().event();
        assertThat(receiver.next().event()).isEqualTo(first);
    }

    @Test
    void tellsEverythingInOrderHoweverBusyTheProcessorsAre() throws Exception {
        node = new TestNode(
                postgres.database(), receiver, DeliveryObserver.NONE, 1, toldOfTags("one"), toldOfTags("two")).start();
        node.dispatcher.tick();
        for (int i = 0; i < 40; i++) {
            push("team/app" + i % 2, "v" + i);
        }

        Map<String, List<String>> told = new HashMap<>();
        receiver.next(80).forEach(sent -> told.computeIfAbsent(
                sent.endpoint() + sent.event().repository().orElseThrow(), lane -> new ArrayList<>()).add(tag(sent)));
        assertThat(told).hasSize(4).allSatisfy((lane, tags) ->
                assertThat(tags).hasSize(20).isSortedAccordingTo(Comparator.comparing(tag -> Integer.valueOf(tag.substring(1)))));
        awaitNothingLeft();
    }

    @Test
    void repositoriesTakeTurns() throws Exception {
        List<String> repositories = List.of("a", "b", "c", "d", "e");
        Set<String> told = ConcurrentHashMap.newKeySet();
        CompletableFuture<Answer> allHadATurn = new CompletableFuture<>();
        receiver.answersLater(sent -> {
            told.add(sent.event().repository().orElseThrow().value());
            if (told.size() == repositories.size()) {
                allHadATurn.complete(FakeReceiver.OK);
            }
            return tag(sent).compareTo("v61") < 0 ? CompletableFuture.completedFuture(FakeReceiver.OK) : allHadATurn;
        });
        node = new TestNode(postgres.database(), receiver, toldOfTags("hook"));
        for (int i = 10; i < 70; i++) {
            for (String repository : repositories) {
                push(repository, "v" + i);
            }
        }
        node.start();

        allHadATurn.get(30, TimeUnit.SECONDS);
        assertThat(receiver.next(300)).hasSize(300);
        awaitNothingLeft();
    }

    @Test
    void anEndpointThatHangsHoldsUpNoOther() throws Exception {
        CompletableFuture<Answer> never = new CompletableFuture<>();
        receiver.answersLater(sent -> sent.endpoint().equals("hangs")
                ? never : CompletableFuture.completedFuture(FakeReceiver.OK));
        start(toldOfTags("hangs"), toldOfTags("works"));
        for (int i = 0; i < 20; i++) {
            push("team/app" + i, "v1");
        }
        long received = 0;
        while (received < 20) {
            received += receiver.next().endpoint().equals("works") ? 1 : 0;
        }
        never.complete(FakeReceiver.OK);
        awaitNothingLeft();
    }

    @Test
    void leavesAnEndpointAloneThatFailsAndComesBackWhenItWorks() throws Exception {
        receiver.answers(sent -> FakeReceiver.answer(500));
        start(toldOfTags("tags").withPace(new EndpointConfig.Pace(
                Duration.ofSeconds(1), 3, Duration.ofMillis(200), Duration.ofHours(1), Duration.ofHours(2))));
        for (int i = 0; i < 20; i++) {
            push("team/app" + i, "v1");
        }
        receiver.next(3);
        receiver.answers(sent -> FakeReceiver.OK);
        awaitNothingLeft();

        assertThat(postgres.column("select count(*) from webhook_attempt where received")).containsExactly("20");
        assertThat(Integer.parseInt(postgres.column("select count(*) from webhook_attempt where not received").get(0)))
                .isLessThan(12);
    }

    @Test
    void whatIsGivenUpIsADeadLetterAndTheNextIsTold() throws Exception {
        receiver.answers(sent -> tag(sent).equals("bad") ? FakeReceiver.answer(400) : FakeReceiver.OK);
        start(toldOfTags("tags").withPace(new EndpointConfig.Pace(
                Duration.ofSeconds(1), 1000, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO)));
        push("team/app", "bad");
        push("team/app", "good");

        awaitNothingLeft();
        assertThat(postgres.column("""
                select e.tag || ' ' || l.status || ' ' || l.detail || ' ' || l.attempts
                from webhook_dead_letter l join webhook_event e on e.id = l.event_id"""))
                .containsExactly("bad 400 status 400 1");
        assertThat(receiver.rest().stream().map(DispatcherTest::tag)).containsExactly("bad", "good");
    }

    @Test
    void whatComesAfterSomethingGivenUpWaitsWhileTheEndpointIsLeftAlone() throws Exception {
        CompletableFuture<Answer> late = new CompletableFuture<>();
        receiver.answersLater(sent -> late);
        start(toldOfTags("tags").withPace(new EndpointConfig.Pace(
                Duration.ofSeconds(1), 1, Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO)));
        push("team/app", "v1");
        receiver.next();
        push("team/app", "v2");
        push("team/app", "v3");
        late.complete(FakeReceiver.answer(500));

        awaitCount("""
                select count(*) from webhook_dead_letter
                union all select count(*) from webhook_delivery
                union all select count(*) from webhook_lane where node is null""", "1", "2", "1");
        assertThat(receiver.rest()).isEmpty();
    }

    @Test
    void sendsSeveralEventsInOneRequestIfTheEndpointTakesThem() throws Exception {
        node = new TestNode(postgres.database(), receiver, toldOfTags("tags").withBatches(4));
        for (int i = 0; i < 6; i++) {
            push("team/app", "v" + i);
        }
        node.start();

        assertThat(receiver.next().events()).hasSize(4);
        assertThat(receiver.next().events()).hasSize(2);
    }

    @Test
    void writesNothingIfNobodyIsToBeTold() {
        push("team/app", "v1");

        assertThat(postgres.column("select count(*) from webhook_event")).containsExactly("0");
    }

    @Test
    void writesNothingThatNoEndpointIsToldOf() throws Exception {
        start(toldOfTags("tags"), toldOfTags("off").switchedOff());
        push("team/app", "v1");

        receiver.next();
        assertThat(postgres.column("select action from webhook_event")).containsExactly("tag.create");
    }

    @Test
    void anotherNodeGoesOnWhereOneWasKilled() throws Exception {
        CompletableFuture<Answer> never = new CompletableFuture<>();
        receiver.answersLater(sent -> never);
        start(toldOfTags("tags"));
        push("team/app", "v1");
        Sent first = receiver.next();
        node.kill();
        receiver.answers(sent -> FakeReceiver.OK);

        try (TestNode other = new TestNode(postgres.database(), receiver, toldOfTags("tags")).start()) {
            other.dispatcher.tick();
            assertThat(receiver.rest()).as("it may be alive").isEmpty();
            postgres.run("update webhook_node set seen_at = seen_at - interval '15 seconds'");

            assertThat(receiver.next().event()).isEqualTo(first.event());
            awaitNothingLeft();
        }
    }

    @Test
    void aNodeThatWasTakenForDeadAndIsNotTellsNoMore() throws Exception {
        CompletableFuture<Answer> late = new CompletableFuture<>();
        receiver.answersLater(sent -> late);
        start(toldOfTags("tags"));
        push("team/app", "v1");
        receiver.next();
        receiver.answers(sent -> FakeReceiver.OK);
        try (TestNode other = new TestNode(postgres.database(), receiver, toldOfTags("tags"))) {
            postgres.run("update webhook_node set seen_at = seen_at - interval '15 seconds'");
            other.start();
            receiver.next();
            awaitNothingLeft();
            postgres.run("update webhook_node set seen_at = now()");
            late.complete(FakeReceiver.answer(500));
            push("team/app", "v2");

            assertThat(tag(receiver.next())).isEqualTo("v2");
            awaitNothingLeft();
            assertThat(receiver.rest()).isEmpty();
            assertThat(postgres.column("select received from webhook_attempt")).containsExactly("t", "t");
        }
    }

    @Test
    void anEndpointIsToldByTheNodesThatHaveIt() throws Exception {
        FakeReceiver wrong = new FakeReceiver();
        start(toldOfTags("tags"));
        try (TestNode other = new TestNode(postgres.database(), wrong).start()) {
            other.dispatcher.tick();
            manifests.push(
                    ALICE, RepositoryName.parse("team/app"), new Tag("v1"), TestManifest.artifact("v1").bytes(), null);
            other.dispatcher.wrote();

            assertThat(tag(receiver.next())).isEqualTo("v1");
            awaitNothingLeft();
            assertThat(wrong.rest()).isEmpty();
        }
    }

    @Test
    void aNodeThatStopsLeavesTheRestToTheOthersAtOnce() throws Exception {
        receiver.answersLater(sent -> CompletableFuture.completedFuture(FakeReceiver.answer(500)));
        start(toldOfTags("tags"));
        push("team/app", "v1");
        receiver.next();
        node.close();
        receiver.rest();
        receiver.answers(sent -> FakeReceiver.OK);

        try (TestNode other = new TestNode(postgres.database(), receiver, toldOfTags("tags")).start()) {
            other.dispatcher.tick();
            assertThat(tag(receiver.next())).isEqualTo("v1");
        }
    }

    @Test
    void remembersNothingOfAnEndpointThatIsGone() throws Exception {
        start(toldOfTags("gone"), toldOfTags("paused"));
        push("team/app", "v1");
        receiver.next(2);
        awaitNothingLeft();
        long gone = node.endpoint("gone").id();
        node.endpoints.pause(ALICE, "paused", true);
        assertThat(node.dispatcher.remembered()).contains(gone);
        postgres.run("delete from webhook_endpoint where id = " + gone);
        node.dispatcher.tick();

        assertThat(node.dispatcher.remembered()).contains(node.endpoint("paused").id()).doesNotContain(gone);
    }
}
