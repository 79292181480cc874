package io.longshore.registry.replication;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.TestActor;
import io.longshore.registry.audit.Via;
import io.longshore.registry.config.Secret;
import io.longshore.registry.seal.Seal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** A node of a registry, whose other registry is another site. It looks for work when it is told to. */
final class TestNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    final Rules rules;
    final Runs runs;
    final Replicator replicator;
    final Via.Node self = new Via.Node("test:5000", UUID.randomUUID());
    final AtomicBoolean readOnly = new AtomicBoolean();

    /** @param there as it is reached, which may be over a line that fails */
    TestNode(TestSite here, RegistryEnd there) {
        this(here, there, "a secret of all nodes");
    }

    TestNode(TestSite here, RegistryEnd there, String secret) {
        Seal seal = Seal.of(Optional.of(Secret.of(secret)), "replication", "application/json");
        Audit audit = new Audit(here.database);
        rules = new Rules(here.database, audit, seal);
        runs = new Runs(here.database, audit, self);
        replicator = new Replicator(
                here.database, rules, runs, here.services, self, ReplicationObserver.NONE, readOnly::get,
                new Remotes(remote -> there));
    }

    static RegistryEnd end(TestSite site) {
        return new LocalRegistry(site.services, TestActor.BOB);
    }

    void create(TestRule rule) {
        rules.create(ALICE, rule.rule());
    }

    void change(TestRule rule) {
        rules.change(ALICE, TestRule.NAME, before -> rule.rule());
    }

    /** Looks for work until the run has ended. */
    Run ended(long id) {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(
                () -> {
                    replicator.tick();
                    return runs.get(id);
                },
                run -> run.state() != Run.State.RUNNING);
    }

    /** What comes of a run that is begun now. */
    Run run() {
        return ended(runs.start(ALICE, TestRule.NAME, false).id());
    }

    Run dryRun() {
        return ended(runs.start(ALICE, TestRule.NAME, true).id());
    }

    /** Looks for work, until there is a run after this one, and it has ended. */
    Run next(long after) {
        Run next = await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(
                () -> {
                    replicator.tick();
                    return runs.list(Optional.empty(), Long.MAX_VALUE, 1).items().stream().findFirst();
                },
                found -> found.filter(run -> run.id() > after).isPresent()).orElseThrow();
        return ended(next.id());
    }

    @Override
    public void close() {
        replicator.stop(Duration.ofSeconds(10));
    }
}
