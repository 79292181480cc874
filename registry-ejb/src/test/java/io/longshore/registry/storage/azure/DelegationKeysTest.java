package io.longshore.registry.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.storage.blob.models.UserDelegationKey;
import io.longshore.registry.storage.StorageUnavailableException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When keys are asked for, and who waits for them. */
class DelegationKeysTest {
    private static final Duration ADDRESS = Duration.ofMinutes(20);

    private final Hands hands = new Hands();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();
    private boolean away;
    private final DelegationKeys keys = new DelegationKeys(this::give, background::add, hands);

    private UserDelegationKey give(OffsetDateTime from, OffsetDateTime until) throws IOException {
        asked.incrementAndGet();
        if (away) {
            throw new IOException("away");
        }
        return new UserDelegationKey().setSignedStart(from).setSignedExpiry(until);
    }

    private OffsetDateTime now() {
        return hands.instant().atOffset(ZoneOffset.UTC);
    }

    private UserDelegationKey key() throws IOException {
        return keys.until(now().plus(ADDRESS));
    }

    @Test
    void aKeyIsForNoMoreThanTheWeekThatAzureAllows() throws Exception {
        UserDelegationKey key = key();

        assertThat(Duration.between(key.getSignedStart(), key.getSignedExpiry())).isEqualTo(Duration.ofDays(7));
        assertThat(key.getSignedStart()).isBefore(now());
        assertThat(keys.until(now().plusDays(6))).isSameAs(key);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aKeyIsRenewedEarlyByOneWhileOthersUseTheOldOne() throws Exception {
        UserDelegationKey old = key();
        hands.pass(Duration.ofDays(6).plusHours(18));

        assertThat(key()).isSameAs(old);
        assertThat(key()).isSameAs(old);
        assertThat(asked).hasValue(1);
        assertThat(background).hasSize(1);
        background.remove().run();
        assertThat(asked).hasValue(2);
        assertThat(key()).isNotSameAs(old);
        assertThat(background).isEmpty();
    }

    @Test
    void theOldKeyIsGoodAsLongAsItLastsIfThereIsNoNewOne() throws Exception {
        UserDelegationKey old = key();
        hands.pass(Duration.ofDays(6).plusHours(18));
        away = true;
        key();
        background.remove().run();

        assertThat(key()).isSameAs(old);
        assertThat(background).isEmpty();
        hands.pass(Duration.ofSeconds(11));
        assertThat(key()).isSameAs(old);
        assertThat(background).hasSize(1);
    }

    @Test
    void afterAFailureOthersFailAtOnceForSomeSeconds() throws Exception {
        away = true;
        assertThatExceptionOfType(IOException.class).isThrownBy(this::key).withMessage("away");
        for (int more = 0; more < 3; more++) {
            assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(this::key);
        }
        assertThat(asked).hasValue(1);

        away = false;
        hands.pass(Duration.ofSeconds(11));
        assertThat(key()).isNotNull();
        assertThat(asked).hasValue(2);
    }

    @Test
    void whoNeedsAKeyThatAnotherThreadAsksForGetsThat() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        DelegationKeys slow = new DelegationKeys((from, until) -> {
            begun.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return give(from, until);
        }, background::add, hands);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<UserDelegationKey> asking = () -> slow.until(now().plus(ADDRESS));
            Future<UserDelegationKey> first = threads.submit(asking);
            begun.await();
            Future<UserDelegationKey> second = threads.submit(asking);
            released.countDown();
            assertThat(second.get()).isSameAs(first.get());
            assertThat(asked).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    /** A clock that is set by hand. */
    private static final class Hands extends Clock {
        private volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
