package io.longshore.registry.notification;

import io.longshore.registry.database.Database;
import io.longshore.registry.database.DatabaseException;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RegistryException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts pulls into the outbox, many at a time: a pull changes nothing, and must not wait for a write. So they are told a
 * tenth of a second later than what changes something. What a node had not written yet when it was killed is lost; what it
 * could not write, as the database was not there, is written later, and twice if the answer alone was lost. Thread-safe.
 */
public final class Pulls {
    private static final System.Logger LOG = System.getLogger(Pulls.class.getName());
    private static final int MOST_WAITING = 10_000;
    private static final int BATCH = 1_000;
    /** Of manifests, of which each may have megabytes. */
    private static final long MOST_KEPT_BYTES = 32 << 20;
    private static final long GATHER_MILLIS = 100;
    private static final long RETRY_MILLIS = 1_000;

    private final Database database;
    private final Endpoints endpoints;
    private final boolean enabled;
    private final Runnable wrote;
    private final PullTable table = new PullTable();
    private final BlockingQueue<Pull> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    /** Taken out of those that wait, and not written yet; its lock is held by whoever writes. */
    private final List<Pull> next = new ArrayList<>();
    /** By all that are not written yet. */
    private final AtomicLong keptBytes = new AtomicLong();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private volatile ScheduledExecutorService executor;

    /**
     * @param enabled whether pulls are told at all
     * @param wrote is told when something was put into the outbox
     */
    public Pulls(Database database, Endpoints endpoints, boolean enabled, Runnable wrote) {
        this.database = database;
        this.endpoints = endpoints;
        this.enabled = enabled;
        this.wrote = wrote;
    }

    public void start(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /** Whether anybody is to be told of such a pull: if not, it needs not be added. */
    public boolean areWanted(EventAction action) {
        return enabled && endpoints.want(action);
    }

    /** Whether anybody is to be told what such a manifest consists of: if not, its bytes need not be added. */
    public boolean isContentWanted(EventAction action) {
        return enabled && endpoints.wantContent(action);
    }

    /** Takes no time, unless so many come that they cannot be written as fast: then whoever adds one helps to write. */
    public void add(Pull pull) {
        while (keptBytes.get() >= MOST_KEPT_BYTES || !waiting.offer(pull)) {
            write();
        }
        keptBytes.addAndGet(pull.keptBytes());
        schedule(GATHER_MILLIS);
    }

    private void writeAll() {
        isScheduled.set(false);
        try {
            while (write()) {
                // until nothing waits
            }
        } catch (RegistryException e) {
            LOG.log(Level.WARNING, "webhooks are not told of pulls for a while: {0}", e.getMessage());
            schedule(RETRY_MILLIS);
        } catch (DatabaseException e) {
            LOG.log(Level.WARNING, "webhooks are not told of some pulls", e);
            schedule(GATHER_MILLIS);
        }
    }

    private void schedule(long millis) {
        ScheduledExecutorService running = executor;
        if (running != null && isScheduled.compareAndSet(false, true)) {
            running.schedule(this::writeAll, millis, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Writes some, and says whether there were any. One thread at a time, or those that came later could be written first.
     * What cannot be written, as the database is not there, is the next to be written.
     */
    private boolean write() {
        synchronized (next) {
            waiting.drainTo(next, BATCH - next.size());
            if (next.isEmpty()) {
                return false;
            }
            try {
                PullContents contents = new PullContents(next);
                database.transaction(tx -> {
                    table.insert(tx, next, contents);
                    return null;
                });
                forget();
            } catch (DatabaseException e) {
                // It would be refused again, and those behind it never be told.
                forget();
                throw e;
            }
        }
        wrote.run();
        return true;
    }

    private void forget() {
        keptBytes.addAndGet(-next.stream().mapToLong(Pull::keptBytes).sum());
        next.clear();
    }

    /** Writes what waits. */
    public void stop() {
        writeAll();
    }
}
