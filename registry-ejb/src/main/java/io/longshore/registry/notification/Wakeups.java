package io.longshore.registry.notification;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
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
    /** As many callers a broker that does not answer can hold, until the connection factory gives up. */
    private static final int SENDERS = 8;

    private final ConnectionFactory factory;
    private final Queue queue;
    private final Semaphore senders = new Semaphore(SENDERS);
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile long restUntil = System.nanoTime();

    /**
     * Neither is used before the first message, nor closed.
     *
     * @param factory makes connections anew for each message, so should be one that pools them
     */
    public Wakeups(ConnectionFactory factory, Queue queue) {
        this.factory = factory;
        this.queue = queue;
    }

    /**
     * Sends a message, without waiting for anybody to receive it. Waits for a broker only if few others do; for some
     * seconds after a failure, the broker is not asked again.
     *
     * @param text short, for it is held in memory
     * @throws IOException if it was not sent; the first failure in a row is logged
     */
    public void send(String text) throws IOException {
        if (System.nanoTime() - restUntil < 0 || !senders.tryAcquire()) {
            throw new IOException("the queue of webhooks is not available at present");
        }
        try (JMSContext context = factory.createContext(JMSContext.DUPS_OK_ACKNOWLEDGE)) {
            context.createProducer()
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .setTimeToLive(TIME_TO_LIVE.toMillis())
                    .setDisableMessageID(true)
                    .send(queue, text);
            failing.set(false);
        } catch (JMSRuntimeException e) {
            throw failed(e);
        } finally {
            senders.release();
        }
    }

    private IOException failed(JMSRuntimeException cause) {
        restUntil = System.nanoTime() + REST.toNanos();
        if (failing.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "webhooks are late: their queue is not available", cause);
        }
        return new IOException("no message could be sent to the queue of webhooks", cause);
    }
}
