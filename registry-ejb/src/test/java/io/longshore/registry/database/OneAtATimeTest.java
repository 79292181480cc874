package io.longshore.registry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.model.RegistryException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OneAtATimeTest {
    private static final int ASKING = 20;

    private final OneAtATime oneAtATime = new OneAtATime();
    private final AtomicInteger attempts = new AtomicInteger();

    private int failing() {
        attempts.incrementAndGet();
        throw new RegistryException.Unavailable("away");
    }

    @Test
    void allWhoWaitedWhileOneFailedFailWithIt() throws Exception {
        try (Crowd crowd = new Crowd(ASKING)) {
            crowd.ask(() -> oneAtATime.run(() -> {
                crowd.holdTheFirst();
                return failing();
            }));

            assertThat(crowd.failures()).hasSize(ASKING).allMatch(RegistryException.Unavailable.class::isInstance);
            assertThat(attempts).hasValue(1);
        }
    }

    @Test
    void whoComesAfterAFailureTriesAnew() {
        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThatThrownBy(() -> oneAtATime.run(this::failing)).isInstanceOf(RegistryException.Unavailable.class);
            assertThat(attempts).hasValue(attempt);
        }
        assertThat(oneAtATime.run(() -> "back")).isEqualTo("back");
    }

    @Test
    void whoWaitedForASuccessDoesItsOwnWork() throws Exception {
        assertThatThrownBy(() -> oneAtATime.run(this::failing)).isInstanceOf(RegistryException.Unavailable.class);
        try (Crowd crowd = new Crowd(ASKING)) {
            crowd.ask(() -> oneAtATime.run(() -> {
                crowd.holdTheFirst();
                return attempts.incrementAndGet();
            }));

            assertThat(crowd.failures()).isEmpty();
            assertThat(attempts).hasValue(1 + ASKING);
        }
    }
}
