package io.longshore.registry.notification.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2025-03-04T05:06:07Z");

    @ParameterizedTest
    @CsvSource({
        "0, PT0S", "120, PT2M", "' 7 ', PT7S", "86400, PT24H", "86401, PT24H", "999999999999999999, PT24H",
        "'Tue, 04 Mar 2025 05:07:07 GMT', PT1M", "'Tuesday, 04-Mar-25 05:07:07 GMT', PT1M",
        "'Tue, 04 Mar 2025 05:06:00 GMT', PT0S", "'Wed, 04 Mar 2026 05:06:00 GMT', PT24H"
    })
    void readsSecondsAndDatesUpToADay(String value, Duration expected) {
        assertThat(RetryAfter.parse(value, NOW)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "9999999999999999999", "Tue, 99 Mar 2025 05:07:07 GMT"})
    void passesOverWhatItCannotRead(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }
}
