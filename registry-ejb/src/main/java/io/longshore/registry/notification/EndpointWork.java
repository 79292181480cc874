package io.longshore.registry.notification;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/** What this node tells one endpoint: several lanes at once, unless the endpoint fails. Thread-safe. */
final class EndpointWork {
    /** An endpoint that is slow must not take all there is. */
    private static final int LANES_AT_ONCE = 4;

    private final long endpointId;
    private final LaneWork lanes;
    private final Semaphore free = new Semaphore(LANES_AT_ONCE);
    private final Breaker breaker = new Breaker(System::nanoTime);

    EndpointWork(long endpointId, LaneWork lanes) {
        this.endpointId = endpointId;
        this.lanes = lanes;
    }

    /** Whether {@link #pull} could do anything. */
    boolean isFree() {
        return free.availablePermits() > 0 && breaker.permits();
    }

    /** Takes on what is due, as much as may be done at once; the rest follows when something of that is done. */
    void pull() {
        while (free.tryAcquire()) {
            if (!breaker.begins()) {
                free.release();
                return;
            }
            Optional<LaneRun> run = Optional.empty();
            try {
                run = lanes.claim(endpointId, breaker, this::ended);
            } finally {
                if (run.isEmpty()) {
                    breaker.withdrawn();
                    free.release();
                }
            }
            if (run.isEmpty()) {
                return;
            }
            run.get().next();
        }
    }

    private void ended() {
        breaker.withdrawn();
        free.release();
        pull();
    }
}
