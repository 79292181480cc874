package io.longshore.registry.upload;

import java.lang.System.Logger.Level;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Does once a minute what uploads need without a request. To be started and stopped by one thread. */
public final class UploadTimer {
    private static final long MINUTE_MILLIS = 60_000;
    private static final System.Logger LOG = System.getLogger(UploadTimer.class.getName());

    private final UploadService uploads;
    private final UploadPurge purge;
    private Future<?> ticks;

    public UploadTimer(UploadService uploads, UploadPurge purge) {
        this.uploads = uploads;
        this.purge = purge;
    }

    /** Begins within a minute: nodes that start together do not come together. */
    public void start(ScheduledExecutorService executor) {
        long first = ThreadLocalRandom.current().nextLong(MINUTE_MILLIS);
        ticks = executor.scheduleWithFixedDelay(this::tick, first, MINUTE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What is under way is interrupted; whatever is left is done another time. Nothing happens before the start. */
    public void stop() {
        if (ticks != null) {
            ticks.cancel(true);
        }
    }

    /** Lets nothing out: an exception would end the timer for good. */
    private void tick() {
        try {
            uploads.touchReceiving();
            purge.runWhenDue();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "uploads were not looked after this minute", e);
        }
    }
}
