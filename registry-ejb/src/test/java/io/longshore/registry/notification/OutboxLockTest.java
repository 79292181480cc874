package io.longshore.registry.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.database.DatabaseException;
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
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody is in the middle of emptying the outbox, and does not end. */
class OutboxLockTest {
    private static final Actor ALICE = new Actor("user:alice", "192.0.2.7");
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final FakeReceiver receiver = new FakeReceiver();
    private final OutboxTable outbox = new OutboxTable();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private TestDatabase postgres;
    private TestNode node;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        node = new TestNode(
                postgres.database(), receiver,
                TestEndpoint.named("tags").withFilter(EnumSet.of(EventAction.TAG_CREATE), Set.of(), "**"));
    }

    @AfterEach
    void close() {
        end.countDown();
        node.close();
        postgres.close();
    }

    private void push(String tag) {
        new ManifestService(postgres.database(), TestPolicy.COMPLETE).push(
                ALICE, RepositoryName.parse("team/app"), new Tag(tag), TestManifest.artifact(tag).bytes(), null);
        node.dispatcher.wrote();
    }

    private static String tag(Sent sent) {
        return sent.event().tag().orElseThrow().value();
    }

    private boolean isTrue(String sql) {
        return postgres.column("select " + sql).get(0).equals("t");
    }

    /** Begins a transaction that goes on until the end of the test. */
    private CompletableFuture<Void> begin(boolean asANode) throws InterruptedException {
        CompletableFuture<Void> transaction = CompletableFuture.runAsync(() -> postgres.database().transaction(tx -> {
            if (asANode) {
                outbox.queue(tx, 100);
            } else {
                tx.connection().createStatement().execute(
                        "select pg_advisory_xact_lock(hashtextextended('longshore webhooks', 0))");
            }
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        }));
        begun.await();
        return transaction;
    }

    @Test
    void aNodeThatIsCutOffDoesNotKeepTheOthersFromIt() throws Exception {
        push("v1");
        CompletableFuture<Void> cutOff = begin(true);
        node.start();

        assertThat(tag(receiver.next())).isEqualTo("v1");
        end.countDown();
        assertThat(cutOff).failsWithin(LONGEST);
        await().atMost(LONGEST).until(() -> isTrue("not exists (select from webhook_delivery)"));
        assertThat(receiver.rest()).isEmpty();
    }

    @Test
    void allElseGoesOn() throws Exception {
        node.start();
        node.endpoints.pause(ALICE, "tags", true);
        push("v1");
        await().atMost(LONGEST).until(() -> isTrue("exists (select from webhook_delivery)"));
        begin(false);
        push("v2");
        node.endpoints.pause(ALICE, "tags", false);

        assertThat(tag(receiver.next())).isEqualTo("v1");
        postgres.run("update webhook_node set seen_at = now() - interval '1 hour'");
        await().atMost(LONGEST).until(() -> isTrue("seen_at > now() - interval '1 minute' from webhook_node"));
        end.countDown();
        assertThat(tag(receiver.next())).isEqualTo("v2");
    }

    @Test
    void nobodyWaitsForever() throws Exception {
        begin(false);

        assertThat(CompletableFuture.supplyAsync(() -> postgres.database().transaction(tx -> outbox.queue(tx, 100))))
                .failsWithin(LONGEST)
                .withThrowableThat()
                .withCauseInstanceOf(DatabaseException.class)
                .withMessageContaining("lock timeout");
    }
}
