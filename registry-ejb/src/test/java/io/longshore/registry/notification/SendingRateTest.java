package io.longshore.registry.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SendingRateTest {
    private static final Duration SAMPLE = Duration.ofMillis(250);

    private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);
    private double load;
    private final SendingRate rate = new SendingRate(() -> load, () -> nanos, 2);

    /** Takes turns as they come, for a while; how many there were in a second. */
    private double turnsPerSecond(Duration time) {
        long start = nanos;
        int turns = 0;
        while (nanos - start < time.toNanos()) {
            long wait = rate.takeTurn();
            turns++;
            // What sends without waiting takes a millisecond.
            nanos += Math.max(wait, TimeUnit.MILLISECONDS.toNanos(1));
        }
        return turns * 1e9 / (nanos - start);
    }

    @Test
    void whoeverSendsWaitsForNothingWhileProcessorsAreFree() {
        load = 0.8;

        assertThat(turnsPerSecond(Duration.ofSeconds(10))).isEqualTo(1000);
        assertThat(rate.isLimited()).isFalse();
    }

    @Test
    void whatIsNotKnownLimitsNothing() {
        load = -1;

        assertThat(turnsPerSecond(Duration.ofSeconds(10))).isEqualTo(1000);
    }

    @Test
    void whileProcessorsAreBusyLessAndLessIsSent() {
        load = 1;

        assertThat(turnsPerSecond(SAMPLE)).isEqualTo(1000);
        assertThat(turnsPerSecond(SAMPLE)).isBetween(450.0, 550.0);
        assertThat(turnsPerSecond(SAMPLE)).isBetween(220.0, 280.0);
        assertThat(rate.isLimited()).isTrue();
    }

    @Test
    void somethingIsSentHoweverBusyProcessorsAre() {
        load = 1;
        turnsPerSecond(Duration.ofSeconds(5));

        assertThat(turnsPerSecond(Duration.ofMinutes(1))).isBetween(49.0, 51.0);
    }

    @Test
    void moreIsSentTheLongerProcessorsAreFree() {
        load = 1;
        turnsPerSecond(Duration.ofSeconds(5));
        load = 0.5;

        assertThat(turnsPerSecond(Duration.ofSeconds(1))).isBetween(60.0, 150.0);
        assertThat(turnsPerSecond(Duration.ofSeconds(3))).isGreaterThan(200);
        assertThat(turnsPerSecond(Duration.ofSeconds(3))).isGreaterThan(990);
    }

    @Test
    void whoeverSentNothingForLongIsNotOwedTheTurnsOfThatTime() {
        load = 1;
        turnsPerSecond(Duration.ofSeconds(5));
        nanos += Duration.ofHours(1).toNanos();

        assertThat(turnsPerSecond(Duration.ofSeconds(10))).isBetween(49.0, 51.0);
    }
}
