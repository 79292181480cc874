package io.longshore.registry.notification;

import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.notification.DeliveryTable.Told;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Makes some deliveries of a lane, one after the other, until nothing is left or one fails. No thread waits for a reply.
 * Not thread-safe: each step begins when the one before has ended.
 */
final class LaneRun {
    private static final System.Logger LOG = System.getLogger(LaneRun.class.getName());
    /** What is read at once; after so many it is the turn of the lane that has waited for the longest time. */
    private static final int PAGE = 50;
    private static final Duration SOON = Duration.ofSeconds(1);
    /** A node that was alive when it read a page cannot have lost the lane to another for so long. */
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MOST_DOUBLINGS = 30;

    private final LaneWork work;
    private final Breaker.Pass pass;
    private final Runnable ended;
    private Lane lane;
    /** What was read and not yet told. */
    private List<Delivery> page = List.of();
    private long readNanos = System.nanoTime();
    private boolean hasTurn;
    private int sent;
    /** What was received, and the database does not know yet. */
    private final List<Told> received = new ArrayList<>();

    LaneRun(LaneWork work, Lane lane, Breaker.Pass pass, Runnable ended) {
        this.work = work;
        this.lane = lane;
        this.pass = pass;
        this.ended = ended;
    }

    /** Goes on, until something has to be waited for. */
    void next() {
        try {
            step();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "webhooks: {0} is left for a moment: {1}", lane, e);
            letGo(SOON);
        }
    }

    private void step() {
        if (page.isEmpty() || System.nanoTime() - readNanos > FRESH_NANOS) {
            if (!noteReceived()) {
                ended.run();
                return;
            }
            if (!work.isAlive() || page.isEmpty() && sent >= PAGE) {
                letGo(Duration.ZERO);
                return;
            }
            readNanos = System.nanoTime();
            page = work.database.statement(tx -> work.deliveries.first(tx, lane, work.node.instance(), PAGE));
        }
        if (page.isEmpty()) {
            finish();
            return;
        }
        Optional<Endpoint> endpoint = work.endpoints.active(lane.endpointId());
        if (endpoint.isEmpty() || work.isStopping() || !work.isAlive()) {
            noteReceived();
            letGo(Duration.ZERO);
            return;
        }
        if (hasTurn || isOurTurn()) {
            hasTurn = false;
            send(endpoint.get());
        }
    }

    /** If not, the next step is made when it is: by then, much may have changed. */
    private boolean isOurTurn() {
        long wait = work.rate.takeTurn();
        if (wait == 0) {
            return true;
        }
        hasTurn = true;
        work.steps().schedule(this::next, wait, TimeUnit.NANOSECONDS);
        return false;
    }

    /** Nothing is left, unless something was added meanwhile. */
    private void finish() {
        OptionalLong version = work.database.statement(
                tx -> work.table.finish(tx, lane, work.node.instance()));
        if (version.isEmpty()) {
            ended.run();
            return;
        }
        lane = new Lane(lane.endpointId(), lane.repository(), version.getAsLong());
        work.steps().execute(this::next);
    }

    private void send(Endpoint endpoint) {
        int count = Math.min(endpoint.batchSize(), page.size());
        List<Delivery> batch = page.subList(0, count);
        page = page.subList(count, page.size());
        sent += count;
        work.sender.send(endpoint, batch.stream().map(Delivery::event).toList())
                .whenCompleteAsync((answer, bug) -> answered(endpoint, batch, answer, bug), work.steps());
    }

    private void answered(Endpoint endpoint, List<Delivery> batch, Answer answer, Throwable bug) {
        if (bug != null) {
            LOG.log(Level.ERROR, "webhooks: " + endpoint + " could not be told", bug);
            letGo(SOON);
        } else if (answer.isReceived()) {
            batch.forEach(delivery -> received.add(new Told(delivery.id(), answer)));
            nextAfter(pass.succeeded());
        } else {
            failed(endpoint, batch, answer);
        }
    }

    /** Whoever waits for an endpoint that is back needs not wait any longer. */
    private void nextAfter(boolean isBack) {
        if (isBack) {
            try {
                work.database.statement(tx -> {
                    work.table.hurry(tx, lane.endpointId());
                    return null;
                });
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "webhooks: what waits goes on waiting: {0}", e.toString());
            }
        }
        next();
    }

    private void failed(Endpoint endpoint, List<Delivery> batch, Answer answer) {
        EndpointConfig.Pace pace = endpoint.pace();
        pass.failed(pace.threshold(), pace.backoff());
        try {
            page = List.of();
            List<Told> told = batch.stream().map(delivery -> new Told(delivery.id(), answer)).toList();
            OptionalInt givenUp = noteReceived() ? note(told, pace.giveUp()) : OptionalInt.empty();
            if (givenUp.isEmpty()) {
                ended.run();
            } else if (givenUp.getAsInt() == 0) {
                letGo(pass.isOutdated() ? Duration.ZERO : wait(pace, batch.get(0).attempts(), answer));
            } else if (pass.goesOn()) {
                next();
            } else {
                letGo(Duration.ZERO);
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "webhooks: {0} is left for a moment: {1}", lane, e);
            letGo(SOON);
        }
    }

    /** How many are given up; empty if the lane is not this node's any more. */
    private OptionalInt note(List<Told> told, Duration giveUp) {
        return work.database.transaction(tx -> work.deliveries.failed(tx, lane, work.node.instance(), told)
                ? OptionalInt.of(work.deliveries.giveUp(tx, lane, work.node.instance(), told, giveUp))
                : OptionalInt.empty());
    }

    /** Between half and all of what it would be: those that failed together do not come again together. */
    private static Duration wait(EndpointConfig.Pace pace, int attempts, Answer answer) {
        double whole = pace.backoff().toMillis() * Math.pow(2, Math.min(attempts, MOST_DOUBLINGS));
        double longest = Math.min(whole, pace.longest().toMillis());
        Duration wait = Duration.ofMillis((long) (longest * ThreadLocalRandom.current().nextDouble(0.5, 1)));
        return answer.retryAfter().filter(asked -> asked.compareTo(wait) > 0).orElse(wait);
    }

    /** Whether the lane is still this node's. */
    private boolean noteReceived() {
        if (received.isEmpty()) {
            return true;
        }
        List<Told> told = List.copyOf(received);
        received.clear();
        return work.database.statement(tx -> work.deliveries.received(tx, lane, work.node.instance(), told));
    }

    private void letGo(Duration wait) {
        try {
            work.database.statement(tx -> {
                work.table.release(tx, lane, work.node.instance(), wait);
                return null;
            });
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "webhooks: {0} is let go later: {1}", lane, e);
        }
        ended.run();
    }
}
