package io.longshore.registry.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.database.Slice;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RegistryException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplaysTest {
    private static final Actor ALICE = new Actor("user:alice", "192.0.2.7");
    private static final EventSelection EVERYTHING =
            new EventSelection(List.of(), Optional.empty(), Optional.empty());

    private final AtomicInteger woken = new AtomicInteger();
    private TestDatabase postgres;
    private TestNode node;
    private Replays replays;

    /** Five pushes of one tag each, a minute apart from noon; {@code a} is told of all, {@code b} of some. */
    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        node = new TestNode(
                postgres.database(), new FakeReceiver(), TestEndpoint.named("a"),
                TestEndpoint.named("b").withFilter(EnumSet.of(EventAction.MANIFEST_PUSH), Set.of("skipped"), "team/*"));
        replays = new Replays(postgres.database(), new Audit(postgres.database()), DeliveryObserver.NONE, woken::incrementAndGet);
        postgres.run("""
                insert into webhook_event
                    (event_id, at, action, repository, tag, media_type, actor, source_address, source_instance)
                select ('00000000-0000-0000-0000-00000000000' || i)::uuid,
                       timestamptz '2026-01-31 12:00:00Z' + (i - 1) * interval '1 minute',
                       case i when 2 then 'tag.delete' else 'manifest.push' end,
                       case i when 3 then 'other/app' else 'team/app' end, 'v' || i,
                       case i when 4 then 'skipped' else 'a/b' end, 'user:bob', 'node:5000', gen_random_uuid()
                from generate_series(1, 5) i""");
    }

    @AfterEach
    void close() {
        node.close();
        postgres.close();
    }

    private static UUID event(int number) {
        return new UUID(0, number);
    }

    private void giveUp(String endpoint, int... numbers) {
        for (int number : numbers) {
            postgres.run("""
                    insert into webhook_dead_letter (endpoint_id, event_id, repository, attempts, status, detail)
                    select w.id, e.id, e.repository, 4, 503, 'busy' from webhook_endpoint w, webhook_event e
                    where w.name = '%s' and e.event_id = '%s'""".formatted(endpoint, event(number)));
        }
    }

    private List<String> pending() {
        return postgres.column("""
                select w.name || ' ' || e.tag from webhook_delivery d
                join webhook_endpoint w on w.id = d.endpoint_id join webhook_event e on e.id = d.event_id
                order by d.id""");
    }

    private List<String> acts() {
        return postgres.column("select act || ' ' || reference || ' ' || detail from audit_event order by id");
    }

    @Test
    void deadLettersAreToldAgainInTheOrderInWhichTheyHappened() {
        giveUp("a", 4, 1);
        giveUp("b", 5);

        assertThat(replays.deadLetters(ALICE, "a")).isEqualTo(2);

        assertThat(pending()).containsExactly("a v1", "a v4");
        assertThat(postgres.column("select repository from webhook_lane")).containsExactly("team/app");
        assertThat(replays.list("a", 0, 10).items()).isEmpty();
        assertThat(replays.list("b", 0, 10).items()).hasSize(1);
        assertThat(woken).hasValue(1);
        assertThat(acts()).containsExactly("webhook.replay a 2 events, dead letters");
    }

    @Test
    void someAreToldAgainById() {
        int count = replays.events(
                ALICE, "b", new EventSelection(
                        List.of(event(5), event(1), event(2), event(3), event(9)), Optional.empty(), Optional.empty()));

        assertThat(count).as("b is not told of the second and the third, and there is no ninth").isEqualTo(2);
        assertThat(pending()).containsExactly("b v1", "b v5");
        assertThat(acts()).containsExactly("webhook.replay b 2 events, by id");
    }

    @Test
    void someAreToldAgainByTime() {
        int count = replays.events(
                ALICE, "a", new EventSelection(
                        List.of(), Optional.of(Instant.parse("2026-01-31T12:01:00Z")),
                        Optional.of(Instant.parse("2026-01-31T12:03:00Z"))));

        assertThat(count).isEqualTo(2);
        assertThat(pending()).containsExactly("a v2", "a v3");
        assertThat(acts()).containsExactly(
                "webhook.replay a 2 events, from 2026-01-31T12:01:00Z until 2026-01-31T12:03:00Z");
    }

    @Test
    void anEndpointIsToldAgainWhatItIsToldAndNothingElse() {
        assertThat(replays.events(ALICE, "a", EVERYTHING)).isEqualTo(5);
        assertThat(replays.events(ALICE, "b", EVERYTHING)).isEqualTo(2);

        assertThat(pending()).containsExactly("a v1", "a v2", "a v3", "a v4", "a v5", "b v1", "b v5");
    }

    @Test
    void deadLettersAreListedPageByPage() {
        giveUp("a", 1, 2, 3);

        Slice<DeadLetter> first = replays.list("a", 0, 2);
        assertThat(first.more()).isTrue();
        DeadLetter letter = first.items().get(0);
        assertThat(letter.event().id()).isEqualTo(event(1));
        assertThat(letter.attempts()).isEqualTo(4);
        assertThat(letter.status()).isEqualTo(OptionalInt.of(503));
        assertThat(letter.detail()).isEqualTo("busy");
        Slice<DeadLetter> second = replays.list("a", first.items().get(1).id(), 2);
        assertThat(second.more()).isFalse();
        assertThat(second.items()).extracting(one -> one.event().id()).containsExactly(event(3));
    }

    @Test
    void deadLettersAreForgotten() {
        giveUp("a", 1, 2);
        giveUp("b", 1);

        assertThat(replays.discard(ALICE, "a")).isEqualTo(2);

        assertThat(replays.list("a", 0, 10).items()).isEmpty();
        assertThat(replays.list("b", 0, 10).items()).hasSize(1);
        assertThat(acts()).containsExactly("webhook.discard a 2 dead letters");
    }

    @Test
    void attemptsAreListedTheNewestFirstAndOutliveTheirEvents() {
        postgres.run("""
                insert into webhook_attempt (endpoint_id, event_id, received, status, latency_ms, detail)
                select w.id, i, i = 3, case i when 1 then null else 200 + i end, 10 * i, nullif('try ' || i, 'try 3')
                from webhook_endpoint w, generate_series(1, 3) i where w.name = 'a'""");
        postgres.run("delete from webhook_event where event_id = '" + event(2) + "'");

        Slice<Attempt> first = replays.attempts("a", Long.MAX_VALUE, 2);
        assertThat(first.more()).isTrue();
        Attempt newest = first.items().get(0);
        assertThat(newest.event()).contains(event(3));
        assertThat(newest.received()).isTrue();
        assertThat(newest.status()).isEqualTo(OptionalInt.of(203));
        assertThat(newest.latencyMillis()).isEqualTo(30);
        assertThat(newest.detail()).isEmpty();
        assertThat(first.items().get(1).event()).isEmpty();
        Slice<Attempt> second = replays.attempts("a", first.items().get(1).id(), 2);
        assertThat(second.more()).isFalse();
        assertThat(second.items().get(0).status()).isEmpty();
        assertThat(second.items().get(0).detail()).isEqualTo("try 1");
        assertThat(replays.attempts("b", Long.MAX_VALUE, 2).items()).isEmpty();
    }

    @Test
    void nothingIsDoneForAnEndpointThatIsNotThere() {
        for (Runnable what : List.<Runnable>of(
                () -> replays.deadLetters(ALICE, "c"), () -> replays.events(ALICE, "c", EVERYTHING),
                () -> replays.discard(ALICE, "c"), () -> replays.list("c", 0, 1), () -> replays.attempts("c", 1, 1))) {
            assertThatExceptionOfType(RegistryException.NotFound.class).isThrownBy(what::run);
        }
        assertThat(acts()).isEmpty();
    }

    @Test
    void nothingIsToldAnEndpointThatIsSwitchedOff() {
        postgres.run("update webhook_endpoint set state = 'off'");

        assertThatExceptionOfType(RegistryException.Refused.class).isThrownBy(() -> replays.deadLetters(ALICE, "a"));
        assertThatExceptionOfType(RegistryException.Refused.class)
                .isThrownBy(() -> replays.events(ALICE, "a", EVERYTHING));
        assertThat(pending()).isEmpty();
    }

    @Test
    void whatIsBeingRemovedIsNotToldAgain() throws Exception {
        postgres.run("update webhook_event set at = now() where tag <> 'v2'");
        postgres.database().transaction(tx -> {
            assertThat(new ReplayTable().deleteOlderThan(tx, 3600, 100)).isEqualTo(1);
            CompletableFuture<Integer> replay =
                    CompletableFuture.supplyAsync(() -> replays.events(ALICE, "a", EVERYTHING));
            // It does not wait for the end of the removal.
            return assertThat(replay).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(4);
        });

        assertThat(pending()).containsExactly("a v1", "a v3", "a v4", "a v5");
    }

    @Test
    void whatIsBeingToldAgainIsNotRemoved() {
        EventSelection two = new EventSelection(List.of(event(1), event(2)), Optional.empty(), Optional.empty());
        long a = node.endpoint("a").id();
        postgres.database().transaction(tx -> {
            assertThat(new ReplayTable().events(tx, a, two)).isEqualTo(2);
            CompletableFuture<Integer> removal = CompletableFuture.supplyAsync(
                    () -> new NotificationPurge(postgres.database(), Duration.ofHours(1)).run());
            return assertThat(removal).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(3);
        });

        assertThat(pending()).containsExactly("a v1", "a v2");
    }

    @Test
    void whatSomebodyIsStillToBeToldIsNotRemoved() {
        giveUp("a", 1);
        replays.events(ALICE, "a", new EventSelection(List.of(event(2)), Optional.empty(), Optional.empty()));
        postgres.run("insert into webhook_outbox select id from webhook_event where tag = 'v3'");
        postgres.run("update webhook_event set at = now() where tag = 'v4'");

        assertThat(new NotificationPurge(postgres.database(), Duration.ofHours(1)).run()).isEqualTo(1);

        assertThat(postgres.column("select tag from webhook_event order by id")).containsExactly("v1", "v2", "v3", "v4");
    }
}
