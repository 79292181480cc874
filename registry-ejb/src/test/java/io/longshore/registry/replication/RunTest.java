package io.longshore.registry.replication;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.model.RegistryException;
import io.longshore.registry.replication.Run.Cause;
import io.longshore.registry.replication.Run.State;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs that are shared, interrupted, cancelled, and begun by a schedule. */
class RunTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int TAGS = 40;

    private final TestSite here = new TestSite();
    private final TestSite there = new TestSite();
    private final GatedEnd gate = new GatedEnd(TestNode.end(there));
    private final TestNode first = new TestNode(here, gate);
    private final TestNode second = new TestNode(here, gate);

    @AfterEach
    void close() {
        gate.open();
        first.close();
        second.close();
        here.close();
        there.close();
    }

    private void pushTags(TestSite site) {
        for (int i = 0; i < TAGS; i++) {
            site.image("team/app", "v" + i);
        }
    }

    private Run tickBoth(long id) {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(
                () -> {
                    first.replicator.tick();
                    second.replicator.tick();
                    return first.runs.get(id);
                },
                run -> run.state() != State.RUNNING);
    }

    /** How many nodes are at something of it. */
    private int busyNodes() {
        return Integer.parseInt(here.postgres.column("""
                select count(distinct node) from replication_item where state = 'running' and kind = 'copy'""").get(0));
    }

    @Test
    void nodesShareARunAndNeitherDoesWhatTheOtherDid() {
        pushTags(here);
        first.create(TestRule.push("team/*").parallel(4));
        gate.close();
        Run run = first.runs.start(ALICE, TestRule.NAME, false);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            first.replicator.tick();
            second.replicator.tick();
            return busyNodes() == 2;
        });
        assertThat(here.postgres.column("select count(*) from replication_item where state = 'running'"))
                .containsExactly("4");
        gate.open();

        Run ended = tickBoth(run.id());

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.counts().copied()).isEqualTo(TAGS);
        assertThat(there.postgres.column("""
                select count(*) from audit_event where act = 'manifest.push' and reference is not null"""))
                .as("each tag was pushed once").containsExactly(Integer.toString(TAGS));
        assertThat(there.tags()).hasSize(TAGS);
    }

    @Test
    void anotherNodeGoesOnWhereOneDied() {
        pushTags(here);
        first.create(TestRule.push("team/*").parallel(2));
        gate.close();
        Run run = first.runs.start(ALICE, TestRule.NAME, false);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            first.replicator.tick();
            return busyNodes() == 1;
        });
        // As if it had said nothing for long, and were at it no more.
        here.postgres.run("update replication_node set seen_at = now() - interval '1 minute'");
        gate.open();

        Run ended = second.ended(run.id());

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.counts().copied() + ended.counts().skipped()).isEqualTo(TAGS);
        assertThat(there.tags()).hasSize(TAGS);
        for (int i = 0; i < TAGS; i++) {
            assertThat(there.digest("team/app", "v" + i)).isEqualTo(here.digest("team/app", "v" + i));
        }
    }

    @Test
    void aNodeThatIsStoppedLeavesItsWorkToOthersAtOnce() {
        pushTags(here);
        first.create(TestRule.push("team/*").parallel(2));
        gate.close();
        Run run = first.runs.start(ALICE, TestRule.NAME, false);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            first.replicator.tick();
            return busyNodes() == 1;
        });

        first.replicator.stop(PATIENCE);
        assertThat(here.postgres.column("select id from replication_node")).isEmpty();
        gate.open();

        assertThat(second.ended(run.id()).counts().copied()).isEqualTo(TAGS);
    }

    @Test
    void aRunThatIsCancelledEndsWithWhatItIsAt() {
        pushTags(here);
        first.create(TestRule.push("team/*").parallel(2));
        gate.close();
        Run run = first.runs.start(ALICE, TestRule.NAME, false);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            first.replicator.tick();
            return gate.waiting() > 0;
        });

        assertThat(first.runs.cancel(ALICE, run.id()).state()).isEqualTo(State.CANCELLED);

        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            first.replicator.tick();
            return gate.waiting() == 0;
        });
        assertThat(there.tags()).isEmpty();
        assertThat(here.postgres.column("select id from replication_item")).isEmpty();
        assertThatExceptionOfType(RegistryException.Refused.class)
                .isThrownBy(() -> first.runs.cancel(ALICE, run.id()));
        gate.open();
        assertThat(first.run().counts().copied()).isEqualTo(TAGS);
    }

    @Test
    void whatFailsIsTriedAgainAndTheRestIsNotKeptByIt() {
        there.image("team/app", "v1");
        there.image("team/app", "v2");
        gate.failures.set(1);
        first.create(TestRule.pull("team/*"));

        Run run = first.run();

        assertThat(run.state()).isEqualTo(State.SUCCEEDED);
        assertThat(run.counts().copied()).isEqualTo(2);
        assertThat(gate.failures).hasNegativeValue();
    }

    @Test
    void whatFailsAgainAndAgainIsSaid() {
        there.image("team/app", "v1");
        there.image("team/app", "v2");
        first.create(TestRule.pull("team/*"));
        here.postgres.run("""
                create function refuse() returns trigger language plpgsql as
                    'begin if new.name = ''v2'' then raise ''not this one''; end if; return new; end';
                create trigger refuse before insert on tag for each row execute function refuse()""");

        Run run = first.run();

        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.counts().copied()).isEqualTo(1);
        assertThat(run.counts().failed()).isEqualTo(1);
        assertThat(run.error().orElseThrow()).startsWith("team/app:v2: ").contains("not this one");
        assertThat(first.runs.items(run.id(), Optional.of(Item.State.FAILED), 0, 10).items())
                .extracting(Item::tag).containsExactly("v2");
        assertThat(here.tags()).containsExactly("team/app:v1");
    }

    @Test
    void aScheduleBeginsOneRunWhateverTheNumberOfNodes() {
        there.image("team/app", "v1");
        first.create(TestRule.pull("team/*").scheduled(new Timetable("0 3 1 1 *", ZoneOffset.UTC)));
        assertThat(here.postgres.column("select next_at > now() from replication_rule")).containsExactly("t");
        here.postgres.run("update replication_rule set next_at = now() - interval '1 hour'");

        first.replicator.tick();
        second.replicator.tick();

        Run run = first.next(0);
        assertThat(run.cause()).isEqualTo(Cause.SCHEDULE);
        assertThat(here.postgres.column("select count(*) from replication_run")).containsExactly("1");
        assertThat(here.postgres.column("select next_at > now() from replication_rule")).containsExactly("t");
        assertThat(here.tags()).containsExactly("team/app:v1");
    }

    @Test
    void nothingIsPulledWhileNothingMayBeWritten() {
        there.image("team/app", "v1");
        first.create(TestRule.pull("team/*"));
        first.readOnly.set(true);
        Run run = first.runs.start(ALICE, TestRule.NAME, false);
        first.replicator.tick();
        assertThat(here.postgres.column("select state from replication_item")).containsExactly("waiting");

        first.readOnly.set(false);

        assertThat(first.ended(run.id()).counts().copied()).isEqualTo(1);
    }

    @Test
    void oldRunsGoButTheLastOfEachRule() {
        first.create(TestRule.pull("team/*"));
        first.run();
        first.run();
        here.postgres.run("update replication_run set ended_at = now() - interval '31 days'");

        assertThat(new ReplicationPurge(here.database).run(Duration.ofDays(30))).isEqualTo(1);

        assertThat(here.postgres.column("select count(*) from replication_run")).containsExactly("1");
    }

    /** A registry to which no blob comes while the gate is closed, and of which some answers fail. */
    private static final class GatedEnd extends PassingEnd {
        private final Semaphore passes = new Semaphore(Integer.MAX_VALUE);
        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();

        GatedEnd(RegistryEnd end) {
            super(end);
        }

        void close() {
            passes.drainPermits();
        }

        void open() {
            passes.drainPermits();
            passes.release(Integer.MAX_VALUE);
        }

        int waiting() {
            return waiting.get();
        }

        @Override
        void beforeBlob() throws IOException {
            waiting.incrementAndGet();
            try {
                passes.acquire();
                passes.release();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted at the gate");
            } finally {
                waiting.decrementAndGet();
            }
        }

        @Override
        void beforeManifest() throws IOException {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("the line is cut");
            }
        }
    }
}
