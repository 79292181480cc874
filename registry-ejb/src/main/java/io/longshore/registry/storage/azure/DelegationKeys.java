package io.longshore.registry.storage.azure;

import com.azure.storage.blob.models.UserDelegationKey;
import io.longshore.registry.storage.StorageUnavailableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The key that signs addresses for an identity. A new one is got in good time while the old one goes on signing, by one
 * thread at a time; after a failure nobody asks again for some seconds. Thread-safe.
 */
final class DelegationKeys {
    private static final Logger LOG = System.getLogger(DelegationKeys.class.getName());

    /** The clocks of Azure may be behind or ahead. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

    /** Azure gives keys for a week at most, counted from its own time and from the beginning of the key. */
    private static final Duration LIFETIME = Duration.ofDays(7).minus(CLOCK_SKEW);

    private static final Duration EARLY = Duration.ofHours(12);
    private static final Duration REST = Duration.ofSeconds(10);
    private static final int SECONDS_TO_WAIT = 5;

    private final Source source;
    private final Executor background;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile UserDelegationKey key;
    private volatile Failure failure;

    private record Failure(Instant restUntil, IOException cause) {}

    /** Where keys come from. */
    @FunctionalInterface
    interface Source {
        UserDelegationKey request(OffsetDateTime from, OffsetDateTime until) throws IOException;
    }

    /** Runs what need not be waited for in {@code background}. */
    DelegationKeys(Source source, Executor background, Clock clock) {
        this.source = source;
        this.background = background;
        this.clock = clock;
    }

    /**
     * A key for signatures that end at {@code expiry}, which is at most six days from now.
     *
     * @throws StorageUnavailableException if there is none, and none can be had now
     */
    UserDelegationKey until(OffsetDateTime expiry) throws IOException {
        UserDelegationKey current = key;
        if (!covers(current, expiry)) {
            return ask(expiry);
        }
        OffsetDateTime early = expiry.plus(EARLY);
        if (!covers(current, early) && !isResting() && renewing.compareAndSet(false, true)) {
            renewInBackground(early);
        }
        return current;
    }

    private static boolean covers(UserDelegationKey key, OffsetDateTime expiry) {
        return key != null && !key.getSignedExpiry().isBefore(expiry);
    }

    private boolean isResting() {
        Failure last = failure;
        return last != null && clock.instant().isBefore(last.restUntil());
    }

    private void renewInBackground(OffsetDateTime expiry) {
        try {
            background.execute(() -> {
                try {
                    ask(expiry);
                } catch (IOException e) {
                    LOG.log(Level.WARNING, "cannot get a new key to sign addresses with: {0}", e.toString());
                } finally {
                    renewing.set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            // closed: the old key is good enough for what still goes on
            renewing.set(false);
        }
    }

    private UserDelegationKey ask(OffsetDateTime expiry) throws IOException {
        lock();
        try {
            if (covers(key, expiry)) {
                return key;
            }
            if (isResting()) {
                throw unavailable("there was none a moment ago", failure.cause());
            }
            key = request();
            failure = null;
            return key;
        } finally {
            asking.unlock();
        }
    }

    private UserDelegationKey request() throws IOException {
        OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        try {
            return source.request(now.minus(CLOCK_SKEW), now.plus(LIFETIME));
        } catch (IOException e) {
            failure = new Failure(clock.instant().plus(REST), e);
            throw e;
        }
    }

    private void lock() throws IOException {
        try {
            if (!asking.tryLock(SECONDS_TO_WAIT, TimeUnit.SECONDS)) {
                throw unavailable("another thread still asks for one", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for Azure");
        }
    }

    private static StorageUnavailableException unavailable(String why, IOException cause) {
        return new StorageUnavailableException("no key to sign addresses with: " + why, cause);
    }
}
