package io.longshore.registry.mirror;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.mirror.Gate.Pass;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody waits longer than a millisecond here, by a clock that stands still. */
class GateTest {
    private final AtomicLong nanos = new AtomicLong(-5);

    private Gate gate(int connections, OptionalInt perSecond) {
        UpstreamConfig config = new UpstreamConfig(
                "hub", URI.create("https://hub.example"), Optional.empty(),
                new UpstreamConfig.Place("hub", Set.of(), List.of(RepositoryPattern.ALL)), Duration.ofHours(1),
                TestMirror.FOR_EVER, new UpstreamConfig.Limits(connections, perSecond), UpstreamConfig.Trust.USUAL,
                false);
        return new Gate(new Upstream(1, config), nanos::get, Duration.ofMillis(1));
    }

    private static void assertBusy(Gate gate) {
        assertThatExceptionOfType(RegistryException.TooManyRequests.class)
                .isThrownBy(gate::enter)
                .withMessageContaining("hub");
    }

    @Test
    void letsInAsManyAtOnceAsThereAreConnections() {
        Gate gate = gate(2, OptionalInt.empty());
        gate.enter();
        Pass second = gate.enter();

        assertBusy(gate);
        second.close();

        assertThatCode(gate::enter).doesNotThrowAnyException();
        assertBusy(gate);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50})
    void letsInASecondsWorthAtOnceAndThenOneAfterTheOther(int perSecond) {
        Gate gate = gate(1, OptionalInt.of(perSecond));
        for (int i = 0; i < perSecond; i++) {
            gate.enter().close();
        }

        assertBusy(gate);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1) / perSecond + 1);

        gate.enter().close();
        assertBusy(gate);
    }

    @Test
    void doesNotSaveUpMoreThanASecondsWorth() {
        Gate gate = gate(1, OptionalInt.of(2));
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        gate.enter().close();
        gate.enter().close();

        assertBusy(gate);
    }

    @Test
    void givesTheConnectionBackOfWhomItRefuses() {
        Gate gate = gate(1, OptionalInt.of(1));
        gate.enter().close();
        assertBusy(gate);
        assertBusy(gate);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));

        assertThatCode(gate::enter).doesNotThrowAnyException();
    }
}
