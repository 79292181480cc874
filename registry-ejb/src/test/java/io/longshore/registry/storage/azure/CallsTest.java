package io.longshore.registry.storage.azure;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.StorageUnavailableException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long it goes on trying. */
class CallsTest {
    private final AtomicLong clock = new AtomicLong();
    private final Calls calls = new Calls(5, Duration.ZERO, clock::get);

    private Calls.Call<Void> failingAfter(Duration duration) {
        return attempt -> {
            clock.addAndGet(duration.toNanos());
            throw new SocketTimeoutException("nothing came");
        };
    }

    private void assertTries(int times, Duration transfer, Calls.Call<Void> call) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> calls.run("send", transfer, call))
                .isInstanceOf(StorageUnavailableException.class)
                .withMessageContaining("tried " + times + " times");
    }

    @Test
    void whatNobodyAnswersIsSentAFewTimes() {
        assertTries(4, Duration.ZERO, failingAfter(Duration.ofSeconds(60)));
        assertTries(2, Duration.ZERO, failingAfter(Duration.ofSeconds(100)));
    }

    @Test
    void theTimeThatBytesTakeDoesNotCount() {
        assertTries(6, Duration.ofMinutes(5), failingAfter(Duration.ofMinutes(5)));
        assertTries(4, Duration.ofMinutes(5), failingAfter(Duration.ofMinutes(6)));
    }
}
