package io.longshore.registry.notification;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Via;
import io.longshore.registry.database.Database;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.notification.OutboxTable.Queued;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has events sent: takes them out of the outbox, and sees to it that whatever is due is told. The database alone knows
 * what is to be done, and by whom; messages wake up who does it, and one that is lost is made up for within a second.
 * Thread-safe.
 */
public final class Dispatcher {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final String OUTBOX = "outbox";
    private static final String ENDPOINT = "endpoint ";
    private static final int BATCH = 500;
    /** As much as can be told then: who is to be told of the rest is found out when there is room. */
    private static final int BATCH_WHEN_BUSY = 50;
    /** So that one message does for what many write at the same time. */
    private static final long GATHER_MILLIS = 10;
    private static final long GATHER_MILLIS_WHEN_BUSY = 500;

    private final Database database;
    private final Endpoints endpoints;
    private final Sender sender;
    private final Wake wake;
    private final DeliveryObserver observer;
    private final SendingRate rate;
    private final Via.Node node;
    private final LaneWork lanes;
    private final OutboxTable outbox = new OutboxTable();
    private final Map<Long, EndpointWork> works = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean outboxIsAnnounced = new AtomicBoolean();
    private volatile ScheduledExecutorService executor;
    private volatile Future<?> ticks;

    public Dispatcher(
            Database database, Endpoints endpoints, Sender sender, SendingRate rate, DeliveryObserver observer, Wake wake,
            Via.Node node) {
        this.database = database;
        this.endpoints = endpoints;
        this.sender = sender;
        this.observer = observer;
        this.wake = wake;
        this.rate = rate;
        this.node = node;
        this.lanes = new LaneWork(database, endpoints, new ObservedSender(sender, observer), rate, node);
    }

    /** Begins to look every second whether something is due. */
    public void start(ScheduledExecutorService executor) {
        this.executor = executor;
        ticks = executor.scheduleWithFixedDelay(this::tickQuietly, 0, 1, TimeUnit.SECONDS);
    }

    /** Waits a while for what is being sent, and leaves the rest to other nodes, or the next start. */
    public void stop(Duration longest) {
        if (ticks != null) {
            ticks.cancel(false);
        }
        lanes.stop(longest);
    }

    /** To be called after something may have been written to the outbox. Takes no time. */
    public void wrote() {
        ScheduledExecutorService running = executor;
        if (running != null && endpoints.any() && outboxIsAnnounced.compareAndSet(false, true)) {
            try {
                long gather = rate.isLimited() ? GATHER_MILLIS_WHEN_BUSY : GATHER_MILLIS;
                running.schedule(this::announce, gather, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.log(Level.DEBUG, "the registry is being stopped: webhooks are told by another node, or later");
            }
        }
    }

    /** Whichever node receives the message: what this one writes from now on has to be announced again. */
    private void announce() {
        outboxIsAnnounced.set(false);
        wakeUp(OUTBOX);
    }

    private void wakeUp(String text) {
        try {
            wake.up(text);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "webhooks wait for the message broker: {0}", e.getMessage());
        }
    }

    /** Tries an endpoint, whatever state it is in, with an event that says nothing. */
    public CompletableFuture<Answer> ping(Endpoint endpoint, Actor actor) {
        Event ping = new Event(
                UUID.randomUUID(), Instant.now(), EventAction.PING, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), OptionalLong.empty(), Optional.empty(), List.of(), actor.subject(),
                Event.Request.of(actor), new Event.Source(node.address(), node.instance()));
        return sender.send(endpoint, List.of(ping));
    }

    /** Does what a message asks for, which was sent by any node. */
    public void received(String text) {
        if (text.equals(OUTBOX)) {
            queue();
        } else if (text.startsWith(ENDPOINT)) {
            work(Long.parseLong(text.substring(ENDPOINT.length()))).pull();
        }
    }

    /** On each node one at a time: whoever comes meanwhile has it done once more, and needs not wait. */
    private void queue() {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        try {
            int answered;
            do {
                answered = asked.get();
                queueAll();
            } while (asked.addAndGet(-answered) > 0);
        } catch (RuntimeException | Error e) {
            asked.set(0);
            throw e;
        }
    }

    private void queueAll() {
        int limit;
        long taken;
        do {
            limit = rate.isLimited() ? BATCH_WHEN_BUSY : BATCH;
            taken = queue(limit);
        } while (taken == limit && !rate.isLimited());
    }

    /** Answers how many events were taken out of the outbox. */
    private long queue(int limit) {
        Queued queued = database.transaction(tx -> outbox.queue(tx, limit));
        queued.endpoints().forEach((id, events) -> {
            endpoints.name(id).ifPresent(name -> observer.queued(name, events));
            wakeUp(ENDPOINT + id);
        });
        return queued.events();
    }

    /** Of which endpoints something is remembered. */
    Set<Long> remembered() {
        return Set.copyOf(works.keySet());
    }

    private EndpointWork work(long endpointId) {
        return works.computeIfAbsent(endpointId, id -> new EndpointWork(id, lanes));
    }

    /** Whatever is thrown would end the ticks for good. */
    private void tickQuietly() {
        try {
            tick();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "webhooks: not looked after this second: {0}", e.toString());
        }
    }

    /** Makes up for messages that were lost, for nodes that died, and for time that has passed. */
    void tick() {
        endpoints.refresh();
        works.keySet().retainAll(endpoints.ids());
        if (!endpoints.any()) {
            return;
        }
        lanes.beat();
        if (!database.statement(outbox::isEmpty)) {
            wakeUp(OUTBOX);
        }
        for (long id : endpoints.active()) {
            work(id).urged(endpoints.urgedAt(id));
            if (work(id).isFree() && lanes.isDue(id)) {
                wakeUp(ENDPOINT + id);
            }
        }
    }
}
