package io.longshore.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MinuteLimitTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final MinuteLimit limit = new MinuteLimit(2, nanos::get);

    @Test
    void allowsSoManyOfAKindAndNoMore() {
        assertThat(limit.allows("a")).isTrue();
        assertThat(limit.isReached("a")).isFalse();
        assertThat(limit.allows("a")).isTrue();
        assertThat(limit.isReached("a")).isTrue();
        assertThat(limit.allows("a")).isFalse();
        assertThat(limit.isReached("b")).isFalse();
        assertThat(limit.allows("b")).isTrue();
    }

    @Test
    void beginsAnewAMinuteAfterTheFirstHoweverManyCameSince() {
        limit.allows("a");
        nanos.addAndGet(MINUTE.toNanos() - 1);
        limit.allows("a");
        assertThat(limit.allows("a")).isFalse();

        nanos.addAndGet(1);
        assertThat(limit.isReached("a")).isFalse();
        assertThat(limit.allows("a")).isTrue();
    }

    @Test
    void beginsAnewWithWhatIsForgotten() {
        limit.allows("a");
        limit.allows("a");
        limit.forget("a");

        assertThat(limit.allows("a")).isTrue();
    }
}
