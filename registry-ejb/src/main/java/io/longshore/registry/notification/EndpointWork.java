package io.longshore.registry.notification;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** What this node tells one endpoint: several lanes at once, unless the endpoint fails. Thread-safe. */
final class EndpointWork {
    /** An endpoint that is slow must not take all there is. */
    private static final int LANES_AT_ONCE = 4;

    private final long endpointId;
    private final LaneWork lanes;
    private final Semaphore free = new Semaphore(LANES_AT_ONCE);
    private final Breaker breaker = new Breaker(System::nanoTime);
    private final AtomicReference<Optional<Instant>> urgedAt = new AtomicReference<>(Optional.empty());

    EndpointWork(long endpointId, LaneWork lanes) {
        this.endpointId = endpointId;
        this.lanes = lanes;
    }

    /** Whether {@link #pull} could do anything. */
    boolean isFree() {
        return free.availablePermits() > 0 && breaker.permits();
    }

    /** To be told when somebody last asked that it be tried at once. */
    void urged(Optional<Instant> at) {
        if (!urgedAt.getAndSet(at).equals(at)) {
            breaker.urge();
        }
    }

    /** Takes on what is due, as much as may be done at once; the rest follows when something of that is done. */
    void pull() {
        while (free.tryAcquire()) {
            Optional<Breaker.Pass> pass = breaker.begin();
            if (pass.isEmpty()) {
                free.release();
                return;
            }
            Optional<LaneRun> run = Optional.empty();
            try {
                run = lanes.claim(endpointId, pass.get(), () -> ended(pass.get()));
            } finally {
                if (run.isEmpty()) {
                    pass.get().ended();
                    free.release();
                }
            }
            if (run.isEmpty()) {
                return;
            }
            run.get().next();
        }
    }

    private void ended(Breaker.Pass pass) {
        pass.ended();
        free.release();
        pull();
    }
}
