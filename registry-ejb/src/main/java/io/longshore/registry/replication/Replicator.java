package io.longshore.registry.replication;

import io.longshore.registry.audit.Via;
import io.longshore.registry.database.Database;
import io.longshore.registry.replication.Run.Cause;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Carries out what rules say. The database alone knows what is to be done, and by whom; each node looks there once a
 * second, and takes what is next as soon as it is done with something. Thread-safe.
 */
public final class Replicator {
    private static final System.Logger LOG = System.getLogger(Replicator.class.getName());
    /** Of one node, for all rules. */
    private static final int MOST_AT_ONCE = 32;

    private final Database database;
    private final Runs runs;
    private final Ends ends;
    private final Claims claims;
    private final Changes changes;
    private final Ledger ledger;
    private final ReplicationObserver observer;
    private final BooleanSupplier readOnly;
    private final RuleTable rules = new RuleTable();
    private final ExecutorService workers = Executors.newCachedThreadPool(Replicator::thread);
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    /** Names of rules of which that was said. */
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private volatile Future<?> ticks;

    /** @param readOnly whether nothing may be written to this registry at present; what pulls waits then */
    public Replicator(
            Database database, Rules rules, Runs runs, LocalServices services, Via.Node node,
            ReplicationObserver observer, BooleanSupplier readOnly) {
        this(database, rules, runs, services, node, observer, readOnly, new Remotes(RemoteRegistry::of));
    }

    /** @param remotes how other registries are reached */
    Replicator(
            Database database, Rules rules, Runs runs, LocalServices services, Via.Node node,
            ReplicationObserver observer, BooleanSupplier readOnly, Remotes remotes) {
        this.database = database;
        this.runs = runs;
        this.ends = new Ends(database, rules, services, node, remotes);
        this.claims = new Claims(database, node);
        this.changes = new Changes(database, node);
        this.ledger = new Ledger(database, node);
        this.observer = observer;
        this.readOnly = readOnly;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "replication");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to look every second whether there is something to be done. */
    public void start(ScheduledExecutorService executor) {
        ticks = executor.scheduleWithFixedDelay(this::tickQuietly, 1, 1, TimeUnit.SECONDS);
    }

    /** Ends what it is at, waits a while for that, and leaves it to other nodes, or to the next start. */
    public void stop(Duration longest) {
        if (ticks != null) {
            ticks.cancel(false);
        }
        claims.stop();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "replication: something does not end; others go on with it");
                return;
            }
            claims.leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "replication: others find out by themselves that this node is gone", e);
        }
    }

    /** Whatever is thrown would end the ticks for good. */
    private void tickQuietly() {
        try {
            tick();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "replication: not looked after this second: {0}", e.toString());
        }
    }

    void tick() {
        try {
            if (!claims.isIdle() || database.statement(rules::any)) {
                claims.beat();
                look();
            }
        } finally {
            claims.endLost();
        }
    }

    private void look() {
        database.statement(rules::due).forEach(this::begin);
        changes.take();
        List<StoredRule> busy = database.statement(rules::withRuns);
        ends.keep(busy.stream().map(StoredRule::id).collect(Collectors.toSet()));
        for (StoredRule rule : busy) {
            ends.share(rule, claims.nodes(rule));
            fill(rule);
        }
    }

    private void begin(StoredRule rule) {
        Optional<Instant> next = rule.rule().timetable().flatMap(table -> table.after(Instant.now()));
        database.transaction(tx -> {
            if (rules.lock(tx, rule.id()) && rules.setNext(tx, rule, next)
                    && runs.begin(tx, rule.id(), Cause.SCHEDULE, false, "registry").isEmpty()) {
                LOG.log(Level.INFO, "replication {0}: no new run, as one is under way", rule.rule().name());
            }
            return null;
        });
    }

    /** Takes on all that may be done for it now. */
    private void fill(StoredRule rule) {
        if (rule.rule().direction() == Direction.PULL && readOnly.getAsBoolean()) {
            return;
        }
        Optional<Replica> replica = ends.of(rule);
        if (replica.isPresent()) {
            while (startOne(rule, replica.get())) {
                // and one more
            }
        } else if (unreadable.add(rule.rule().name())) {
            LOG.log(Level.ERROR, "replication {0}: nothing is done by this node: the password was written with another"
                    + " http.secret", rule.rule().name());
        }
    }

    /** False if there is nothing to do, or no room for it. */
    private boolean startOne(StoredRule rule, Replica replica) {
        if (!free.tryAcquire()) {
            return false;
        }
        Optional<Claim> claim = Optional.empty();
        try {
            claim = claims.claim(rule);
            claim.ifPresent(one -> workers.execute(() -> work(one, replica)));
            return claim.isPresent();
        } catch (RejectedExecutionException e) {
            // The registry is being stopped.
            claim.ifPresent(claims::ended);
            claim = Optional.empty();
            return false;
        } finally {
            if (claim.isEmpty()) {
                free.release();
            }
        }
    }

    private void work(Claim claim, Replica replica) {
        claim.begin();
        try {
            new TaskRun(replica, claim.task(), ledger, observer).run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, () -> "replication " + replica.rule().name() + ": something is begun anew", e);
        } finally {
            claim.end();
            claims.ended(claim);
            free.release();
        }
        goOn(replica.ruleId());
    }

    /** As the rule says now. What is not found out here is so within a second. */
    private void goOn(long ruleId) {
        try {
            database.statement(rules::withRuns).stream().filter(rule -> rule.id() == ruleId).forEach(this::fill);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "replication: the next tick goes on", e);
        }
    }
}
