package io.longshore.registry.notification;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Wakes one of the nodes, by a message over the queue. It is not kept anywhere and expires after a minute: the database
 * has what is to be done, and a timer finds what no message told of. Safe for use by many threads.
 */
public final class Wakeups {
    /** Where the queue is in JNDI. */
    public static final String QUEUE = "java:app/jms/longshore/webhooks";

    private static final System.Logger LOG = System.getLogger(Wakeups.class.getName());
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(1);
    private static final Duration REST = Duration.ofSeconds(10);
    private static final long PATIENCE_SECONDS = 1;
    /** As many threads a broker that does not answer can hold, for as long as its client waits: it may be for ever. */
    private static final int SENDERS = 4;

    private final ConnectionFactory factory;
    private final Queue queue;
    private final ExecutorService executor;
    private final Semaphore senders = new Semaphore(SENDERS);
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile long restUntil = System.nanoTime();

    /**
     * None is used before the first message, nor closed.
     *
     * @param factory makes connections anew for each message, so should be one that pools them
     * @param executor has the threads that wait for the broker
     */
    public Wakeups(ConnectionFactory factory, Queue queue, ExecutorService executor) {
        this.factory = factory;
        this.queue = queue;
        this.executor = executor;
    }

    /**
     * Sends a message, without waiting for anybody to receive it, and for the broker a second at most. For some seconds
     * after a failure, the broker is not asked again.
     *
     * @param text short, for it is held in memory
     * @throws IOException if it was not sent, or not yet; the first failure in a row is logged
     */
    public void send(String text) throws IOException {
        if (System.nanoTime() - restUntil < 0 || !senders.tryAcquire()) {
            throw new IOException("the queue of webhooks is not available at present");
        }
        try {
            submit(text).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            failing.set(false);
        } catch (RejectedExecutionException | ExecutionException | TimeoutException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a message was sent to the queue of webhooks");
        }
    }

    private Future<?> submit(String text) {
        try {
            return executor.submit(() -> {
                try {
                    transmit(text);
                } finally {
                    senders.release();
                }
            });
        } catch (RejectedExecutionException e) {
            senders.release();
            throw e;
        }
    }

    private void transmit(String text) {
        try (JMSContext context = factory.createContext(JMSContext.DUPS_OK_ACKNOWLEDGE)) {
            context.createProducer()
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .setTimeToLive(TIME_TO_LIVE.toMillis())
                    .setDisableMessageID(true)
                    .send(queue, text);
        }
    }

    private IOException failed(Exception cause) {
        restUntil = System.nanoTime() + REST.toNanos();
        if (failing.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "webhooks are late: their queue is not available", cause);
        }
        return new IOException("no message could be sent to the queue of webhooks", cause);
    }
}
