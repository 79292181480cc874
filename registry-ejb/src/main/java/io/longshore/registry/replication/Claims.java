package io.longshore.registry.replication;

import io.longshore.registry.audit.Via;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What this node is at, and that others know of it: a node that says nothing for fifteen seconds is dead, and others
 * take over. Thread-safe.
 */
final class Claims {
    private static final long BEAT_NANOS = Duration.ofSeconds(5).toNanos();
    /** Before others may take this node for dead, it takes itself for it. */
    private static final long ALIVE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Database database;
    private final Via.Node node;
    private final RuleTable rules = new RuleTable();
    private final RunTable runs = new RunTable();
    private final ClaimTable table = new ClaimTable();
    private final ItemTable items = new ItemTable();
    private final Map<Long, Claim> active = new ConcurrentHashMap<>();
    /** Keeps an item from being let go between its claim and the note of it. */
    private final ReadWriteLock claiming = new ReentrantReadWriteLock();
    private volatile boolean stopping;
    private volatile long beatNanos = System.nanoTime() - ALIVE_NANOS;

    Claims(Database database, Via.Node node) {
        this.database = database;
        this.node = node;
    }

    private boolean isAlive() {
        return System.nanoTime() - beatNanos < ALIVE_NANOS;
    }

    /** Says, not too often, that this node lives, and lets go of what something unforeseen has left behind. */
    void beat() {
        if (System.nanoTime() - beatNanos < BEAT_NANOS) {
            return;
        }
        long now = System.nanoTime();
        claiming.writeLock().lock();
        try {
            database.transaction(tx -> {
                table.beat(tx, node.instance(), node.address());
                table.forgetDead(tx);
                table.letGo(tx, node.instance(), active.keySet());
                return null;
            });
        } finally {
            claiming.writeLock().unlock();
        }
        beatNanos = now;
    }

    /** Takes on what is next for a rule: what happened first, then what is to be looked at. */
    Optional<Claim> claim(StoredRule rule) {
        if (stopping || !isAlive()) {
            return Optional.empty();
        }
        claiming.readLock().lock();
        try {
            Optional<Claim> claim = database.transaction(tx -> next(tx, rule)).map(Claim::new);
            claim.ifPresent(one -> active.put(one.task().id(), one));
            return claim;
        } finally {
            claiming.readLock().unlock();
        }
    }

    private Optional<Task> next(Transaction transaction, StoredRule rule) throws SQLException {
        if (!rules.lock(transaction, rule.id())) {
            return Optional.empty();
        }
        for (long run : runs.running(transaction, rule.id())) {
            Optional<Task> next =
                    table.claim(transaction, rule.id(), run, rule.rule().limits().parallel(), node.instance());
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    /** Nothing is done for it any more. */
    void ended(Claim claim) {
        active.remove(claim.task().id());
    }

    /** Interrupts what is not this node's any more: it was cancelled, or the node was silent for too long. */
    void endLost() {
        Map<Long, Claim> before = Map.copyOf(active);
        if (before.isEmpty()) {
            return;
        }
        Set<Long> own = isAlive() ? Set.copyOf(database.statement(tx -> items.of(tx, node.instance()))) : Set.of();
        before.forEach((id, claim) -> {
            if (!own.contains(id)) {
                claim.lose();
            }
        });
    }

    /** On how many nodes something is done for a rule; at least 1. */
    int nodes(StoredRule rule) {
        return database.statement(tx -> table.busyNodes(tx, rule.id()));
    }

    boolean isIdle() {
        return active.isEmpty();
    }

    boolean isStopping() {
        return stopping;
    }

    /** Begins nothing more, and interrupts what it is at. */
    void stop() {
        stopping = true;
        active.values().forEach(Claim::lose);
    }

    /** To be called when it does nothing any more: others need not wait to go on with it. */
    void leave() {
        database.transaction(tx -> {
            table.leave(tx, node.instance());
            return null;
        });
    }
}
