package io.longshore.registry.notification;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Slice;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.RegistryException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What endpoints were told, and could not be told; tells it once more. Thread-safe. */
public final class Replays {
    private static final System.Logger LOG = System.getLogger(Replays.class.getName());

    private final Database database;
    private final Audit audit;
    private final DeliveryObserver observer;
    private final Runnable added;
    private final ReplayTable table = new ReplayTable();
    private final EndpointTable endpoints = new EndpointTable();
    private final LaneTable lanes = new LaneTable();

    /** @param added is told when something is to be sent */
    public Replays(Database database, Audit audit, DeliveryObserver observer, Runnable added) {
        this.database = database;
        this.audit = audit;
        this.observer = observer;
        this.added = added;
    }

    /**
     * Tells an endpoint the events that were given up, in the order in which they happened. What it is told beside is in
     * order by itself. It is tried at once, whatever failed before.
     *
     * @return how many there are
     * @throws RegistryException.NotFound if there is no endpoint of this name
     * @throws RegistryException.Refused if it is switched off
     */
    public int deadLetters(Actor actor, String endpoint) {
        return counted(actor, endpoint, "dead letters", (tx, id) -> table.deadLetters(tx, id));
    }

    /**
     * Tells an endpoint again what happened and is still known, in the order in which it happened, as far as it is told
     * such events. It is tried at once, whatever failed before.
     *
     * @return how many there are
     * @throws RegistryException.NotFound if there is no endpoint of this name
     * @throws RegistryException.Refused if it is switched off
     */
    public int events(Actor actor, String endpoint, EventSelection events) {
        return counted(actor, endpoint, events.toString(), (tx, id) -> table.events(tx, id, events));
    }

    /** What is done for an endpoint. */
    @FunctionalInterface
    private interface Work<T> {
        T run(Transaction transaction, long endpointId) throws SQLException;
    }

    private int counted(Actor actor, String endpoint, String what, Work<Integer> work) {
        int count = database.transaction(tx -> {
            EndpointTable.Row row = row(tx, endpoint);
            Endpoints.requireOn(row);
            int sent = work.run(tx, row.id());
            audit.record(tx, AuditEvent.of("webhook.replay", actor, endpoint, sent + " events, " + what));
            return sent;
        });
        if (count > 0) {
            observer.queued(endpoint, count);
            urge(endpoint);
            added.run();
        }
        return count;
    }

    /** By itself: what is told again is durable, and a failure of this must not have it asked for twice. */
    private void urge(String endpoint) {
        try {
            database.transaction(tx -> {
                Optional<Long> id = endpoints.urge(tx, endpoint);
                if (id.isPresent()) {
                    lanes.hurry(tx, id.get());
                }
                return null;
            });
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "webhooks: what is told again waits for what failed before: {0}", e.toString());
        }
    }

    private EndpointTable.Row row(Transaction transaction, String endpoint) throws SQLException {
        return endpoints.find(transaction, endpoint).orElseThrow(Endpoints::unknown);
    }

    /**
     * Forgets the events that were given up.
     *
     * @return how many there were
     * @throws RegistryException.NotFound if there is no endpoint of this name
     */
    public int discard(Actor actor, String endpoint) {
        return database.transaction(tx -> {
            int discarded = table.discard(tx, row(tx, endpoint).id());
            audit.record(tx, AuditEvent.of("webhook.discard", actor, endpoint, discarded + " dead letters"));
            return discarded;
        });
    }

    /**
     * A page of the events that an endpoint could not be told, in the order in which they were given up.
     *
     * @param last the id behind which it begins; 0 for the first
     * @throws RegistryException.NotFound if there is no endpoint of this name
     */
    public Slice<DeadLetter> list(String endpoint, long last, int limit) {
        return page(endpoint, limit, (tx, id) -> table.list(tx, id, last, limit + 1));
    }

    /**
     * A page of the attempts to tell an endpoint anything, the newest first.
     *
     * @param before the id behind which it begins; {@link Long#MAX_VALUE} for the newest
     * @throws RegistryException.NotFound if there is no endpoint of this name
     */
    public Slice<Attempt> attempts(String endpoint, long before, int limit) {
        return page(endpoint, limit, (tx, id) -> table.attempts(tx, id, before, limit + 1));
    }

    private <T> Slice<T> page(String endpoint, int limit, Work<List<T>> work) {
        return Slice.of(database.transaction(tx -> work.run(tx, row(tx, endpoint).id())), limit);
    }
}
