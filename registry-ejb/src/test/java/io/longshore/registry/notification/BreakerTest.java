package io.longshore.registry.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.notification.Breaker.Pass;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Duration BACKOFF = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Breaker breaker = new Breaker(nanos::get);

    private Pass begin() {
        return breaker.begin().orElseThrow();
    }

    private static void fail(Pass pass) {
        pass.failed(2, BACKOFF);
        pass.ended();
    }

    private void open() {
        fail(begin());
        fail(begin());
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void leavesAloneWhatFailsAgainAndAgain() {
        fail(begin());
        assertThat(breaker.permits()).isTrue();
        fail(begin());

        assertThat(breaker.permits()).isFalse();
        assertThat(breaker.begin()).isEmpty();
        pass(BACKOFF.minusNanos(1));
        assertThat(breaker.begin()).isEmpty();
    }

    @Test
    void countsFailuresAfterTheLastSuccessAlone() {
        fail(begin());
        assertThat(begin().succeeded()).isFalse();
        fail(begin());

        assertThat(breaker.permits()).isTrue();
    }

    @Test
    void permitsOneAttemptAfterAWhileAndAllWhenThatSucceeds() {
        open();
        pass(BACKOFF);
        Pass trial = begin();
        assertThat(breaker.permits()).isFalse();
        assertThat(breaker.begin()).isEmpty();

        assertThat(trial.succeeded()).isTrue();
        begin();
        begin();
    }

    @Test
    void isClosedAgainByOneAttemptThatFails() {
        open();
        pass(BACKOFF);
        fail(begin());

        assertThat(breaker.begin()).isEmpty();
        pass(BACKOFF);
        assertThat(breaker.begin()).isPresent();
    }

    @Test
    void anAttemptThatDidNotTakePlaceIsLeftToAnother() {
        open();
        pass(BACKOFF);
        begin().ended();

        assertThat(breaker.begin()).isPresent();
    }

    @Test
    void permitsNoSecondAttemptWhenOneEndsThatBeganBefore() {
        Pass withdrawn = begin();
        Pass failing = begin();
        open();
        pass(BACKOFF);
        begin();

        withdrawn.ended();
        assertThat(breaker.begin()).isEmpty();
        fail(failing);
        pass(BACKOFF);
        assertThat(breaker.begin()).as("the first is still being made").isEmpty();
    }

    @Test
    void whoGoesOnAfterAFailureMakesTheOneAttempt() {
        Pass pass = begin();
        pass.failed(1, BACKOFF);
        assertThat(pass.goesOn()).isFalse();
        pass(BACKOFF);

        assertThat(pass.goesOn()).isTrue();
        assertThat(breaker.begin()).isEmpty();
        pass.ended();
        assertThat(breaker.begin()).isPresent();
    }

    @Test
    void permitsOneAttemptAtOnceWhenSomebodyAsks() {
        open();
        breaker.urge();

        Pass trial = begin();
        assertThat(breaker.begin()).isEmpty();
        fail(trial);
        assertThat(breaker.begin()).isEmpty();
    }

    @Test
    void whatBeganBeforeSomebodyAskedDoesNotCountWhenItFails() {
        Pass before = begin();
        open();
        pass(BACKOFF);
        Pass hanging = begin();
        breaker.urge();
        assertThat(hanging.isOutdated()).isTrue();

        fail(before);
        fail(hanging);

        Pass trial = begin();
        assertThat(trial.isOutdated()).isFalse();
        assertThat(trial.succeeded()).isTrue();
    }
}
