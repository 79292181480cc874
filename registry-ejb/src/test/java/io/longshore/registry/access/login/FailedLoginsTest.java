package io.longshore.registry.access.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailedLoginsTest {
    private static final String HOME = "192.0.2.1";
    private static final int AFTER = 5;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(5).toNanos());
    private final FailedLogins failed = new FailedLogins(AFTER, Duration.ofMinutes(1), nanos::get);

    private void fail(int times, String account, String address) {
        for (int i = 0; i < times; i++) {
            failed.failed(account, address);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private long seconds(String account, String address) {
        return Math.max(0, failed.wait(account, address).toSeconds());
    }

    @Test
    void letsSomeFailuresPass() {
        fail(AFTER - 1, "alice", HOME);

        assertThat(failed.wait("alice", HOME)).isLessThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void makesTheNextOneWaitTwiceAsLongEachTimeAndNeverLongerThanTheLongest() {
        fail(AFTER, "alice", HOME);
        for (int expected : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(failed.wait("alice", HOME)).isEqualTo(Duration.ofSeconds(expected));
            fail(1, "alice", HOME);
        }
        for (int i = 0; i < 100; i++) {
            fail(1, "alice", HOME);
            assertThat(failed.wait("alice", HOME)).isEqualTo(Duration.ofSeconds(60));
        }
    }

    @Test
    void theWaitPasses() {
        fail(AFTER + 2, "alice", HOME);
        pass(Duration.ofMillis(3500));
        assertThat(failed.wait("alice", HOME)).isEqualTo(Duration.ofMillis(500));
        pass(Duration.ofMillis(500));
        assertThat(failed.wait("alice", HOME)).isLessThanOrEqualTo(Duration.ZERO);
    }

    /** The clock is at the end of its range when the tests begin, as nanoTime may be. */
    @Test
    void theClockMayOverflow() {
        pass(Duration.ofMinutes(5).minusMillis(1));
        fail(AFTER, "alice", HOME);
        pass(Duration.ofMillis(500));

        assertThat(failed.wait("alice", HOME)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void makesNobodyElseWait() {
        fail(AFTER, "alice", HOME);

        assertThat(seconds("bob", HOME)).isZero();
        assertThat(seconds("alice", "192.0.2.2")).isZero();
    }

    @Test
    void makesAnAddressWaitThatTriesManyAccounts() {
        for (int i = 0; i < 4 * AFTER; i++) {
            assertThat(seconds("bob", HOME)).isZero();
            fail(1, "user" + i, HOME);
        }

        assertThat(seconds("bob", HOME)).isEqualTo(1);
        assertThat(seconds("bob", "192.0.2.2")).isZero();
    }

    @Test
    void makesAnAccountWaitThatManyAddressesTry() {
        for (int i = 0; i < 10 * AFTER; i++) {
            assertThat(seconds("alice", HOME)).isZero();
            fail(1, "alice", "198.51.100." + i);
        }

        assertThat(seconds("alice", HOME)).isEqualTo(1);
        assertThat(seconds("bob", HOME)).isZero();
    }

    @Test
    void forgetsTheFailuresOfWhoLogsInAndNotThoseOfTheAddress() {
        fail(4 * AFTER - 1, "alice", HOME);
        failed.succeeded("alice", HOME);
        assertThat(seconds("alice", HOME)).isZero();

        fail(1, "bob", HOME);
        assertThat(seconds("alice", HOME)).isEqualTo(1);
    }

    /** Who has one address of IPv6 has all of its network. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:1::1,          2001:db8:0:1:ffff::2,  true",
        "2001:db8:0:1::1,          2001:DB8:0:1:0:0:0:9,  true",
        "2001:db8:0:1::1,          2001:db8:0:2::1,       false",
        "192.0.2.1,                192.0.2.2,             false",
        "::ffff:192.0.2.1,         ::ffff:192.0.2.1,      true"
    })
    void countsNetworksOfVersion6(String one, String other, boolean same) {
        fail(AFTER, "alice", one);

        assertThat(seconds("alice", one)).isEqualTo(1);
        assertThat(seconds("alice", other)).isEqualTo(same ? 1 : 0);
    }

    @Test
    void makesNobodyWaitIfTheLongestWaitIsNone() {
        FailedLogins off = new FailedLogins(1, Duration.ZERO, nanos::get);
        for (int i = 0; i < 100; i++) {
            off.failed("alice", HOME);
        }

        assertThat(off.wait("alice", HOME)).isLessThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void forgetsFailuresAfterAWhile() {
        fail(AFTER + 3, "alice", HOME);
        pass(Duration.ofMinutes(17));
        fail(1, "alice", HOME);

        assertThat(seconds("alice", HOME)).isZero();
    }

    /** However long it goes on: a job with an old password, behind the same NAT as everybody else. */
    @Test
    void oneWhoFailsEveryFiveMinutesMakesNobodyElseWait() {
        for (int i = 0; i < 1000; i++) {
            fail(1, "job", HOME);
            assertThat(seconds("alice", HOME)).isZero();
            assertThat(seconds("job", HOME)).isLessThanOrEqualTo(2);
            pass(Duration.ofMinutes(5));
        }
    }

    @Test
    void halvesTheCountInAQuarterOfAnHourInWhichNobodyHasToWait() {
        fail(AFTER + 3, "alice", HOME);
        pass(Duration.ofSeconds(8));
        pass(Duration.ofMinutes(15));
        fail(1, "alice", HOME);

        assertThat(failed.wait("alice", HOME)).as("4 and 1").isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void takesNothingOffForTheWaits() {
        FailedLogins patient = new FailedLogins(AFTER, Duration.ofHours(1), nanos::get);
        Duration wait = Duration.ZERO;
        for (int i = 0; i < AFTER + 20; i++) {
            pass(wait);
            patient.failed("alice", HOME);
            wait = patient.wait("alice", HOME);
        }

        assertThat(wait).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void failuresDuringTheLongestWaitDoNotAddUp() {
        fail(10_000, "alice", HOME);
        assertThat(seconds("bob", HOME)).isEqualTo(60);
        pass(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(14));
        fail(1, "alice", HOME);

        assertThat(seconds("bob", HOME)).isZero();
    }
}
