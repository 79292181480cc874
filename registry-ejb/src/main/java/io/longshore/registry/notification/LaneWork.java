package io.longshore.registry.notification;

import io.longshore.registry.audit.Via;
import io.longshore.registry.database.Database;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The lanes that this node is at. Thread-safe. */
final class LaneWork {
    private static final long BEAT_NANOS = Duration.ofSeconds(5).toNanos();
    /** Before others may take this node for dead, it takes itself for it. */
    private static final long ALIVE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long PAUSE_MILLIS = 20;
    private static final int STEPS_AT_ONCE = 4;

    final Database database;
    final Endpoints endpoints;
    final Sender sender;
    final SendingRate rate;
    final Via.Node node;
    final LaneTable table = new LaneTable();
    final DeliveryTable deliveries = new DeliveryTable();
    /** What comes after the end is another node's. */
    private final ScheduledThreadPoolExecutor steps = new ScheduledThreadPoolExecutor(
            STEPS_AT_ONCE, LaneWork::thread, new ThreadPoolExecutor.DiscardPolicy());
    private final Set<Lane.Key> active = ConcurrentHashMap.newKeySet();
    /** Keeps a lane from being let go between its claim and the note of it. */
    private final ReadWriteLock claiming = new ReentrantReadWriteLock();
    private volatile boolean stopping;
    private volatile long beatNanos = System.nanoTime() - ALIVE_NANOS;

    LaneWork(Database database, Endpoints endpoints, Sender sender, SendingRate rate, Via.Node node) {
        this.database = database;
        this.endpoints = endpoints;
        this.sender = sender;
        this.rate = rate;
        this.node = node;
        steps.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "webhooks");
        thread.setDaemon(true);
        return thread;
    }

    /** Where the steps of lanes are made: few threads, of their own, since others may be held by what takes long. */
    ScheduledExecutorService steps() {
        return steps;
    }

    /** Whether the others know that this node lives. */
    boolean isAlive() {
        return System.nanoTime() - beatNanos < ALIVE_NANOS;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Says, not too often, that this node lives, and lets go of lanes that something unforeseen has left behind. */
    void beat() {
        if (System.nanoTime() - beatNanos < BEAT_NANOS) {
            return;
        }
        long now = System.nanoTime();
        // Before anything is tried: what was left alone for long has been tried from now on.
        endpoints.tend();
        claiming.writeLock().lock();
        try {
            database.transaction(tx -> {
                table.beat(tx, node.instance(), node.address());
                table.forgetDead(tx);
                table.letGo(tx, node.instance(), active);
                return null;
            });
        } finally {
            claiming.writeLock().unlock();
        }
        beatNanos = now;
    }

    boolean isDue(long endpointId) {
        return database.statement(tx -> table.isDue(tx, endpointId));
    }

    /** Takes on a lane that is due; empty if there is none, or this node is to begin nothing. */
    Optional<LaneRun> claim(long endpointId, Breaker.Pass pass, Runnable ended) {
        if (stopping || !isAlive() || endpoints.active(endpointId).isEmpty()) {
            return Optional.empty();
        }
        claiming.readLock().lock();
        try {
            Optional<Lane> lane = database.statement(tx -> table.claim(tx, endpointId, node.instance()));
            // One that this node is still at, after it lost it for a while: that run goes on with it.
            return lane.filter(claimed -> active.add(claimed.key())).map(claimed -> new LaneRun(this, claimed, pass, () -> {
                active.remove(claimed.key());
                // Not at once: lanes that end at once would end within each other.
                steps.execute(ended);
            }));
        } finally {
            claiming.readLock().unlock();
        }
    }

    void stop(Duration longest) {
        stopping = true;
        long end = System.nanoTime() + longest.toNanos();
        try {
            while (!active.isEmpty() && System.nanoTime() - end < 0) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        steps.shutdown();
        database.statement(tx -> {
            table.leave(tx, node.instance());
            return null;
        });
    }
}
