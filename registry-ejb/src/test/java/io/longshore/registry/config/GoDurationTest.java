package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "10s, PT10S",
        "1h30m, PT1H30M",
        "168h, PT168H",
        "1.5h, PT1H30M",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "100ms, PT0.1S",
        "7us, PT0.000007S",
        "7µs, PT0.000007S",
        "7μs, PT0.000007S",
        "1s1s, PT2S",
        "3ns, PT0.000000003S",
        "1.9ns, PT0.000000001S",
        "2562047h, PT2562047H"
    })
    void readsWhatGoReads(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "10", "s", ".s", "-1s", "+1s", "1d", "1 s", "1S", "1h 30m", "1e3s", "2562048h", "PT1S",
        "1000000000000000000000000000000000000000000000000000000000000s"
    })
    void refusesOtherForms(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoDuration.parse(text))
                .withMessageStartingWith("expected a duration ");
    }

    @Test
    void printsHoursMinutesSecondsAndLess() {
        assertThat(GoDuration.format(Duration.ofHours(24))).isEqualTo("24h");
        assertThat(GoDuration.format(Duration.ofSeconds(3690))).isEqualTo("1h1m30s");
        assertThat(GoDuration.format(Duration.ofMillis(1500))).isEqualTo("1s500ms");
        assertThat(GoDuration.format(Duration.ofNanos(1_000_001))).isEqualTo("1ms1ns");
        assertThat(GoDuration.format(Duration.ZERO)).isEqualTo("0");
    }

    @Property(tries = 200)
    void printedDurationIsReadBack(@ForAll @LongRange(min = 0) long nanos) {
        Duration duration = Duration.ofNanos(nanos);

        assertThat(GoDuration.parse(GoDuration.format(duration))).isEqualTo(duration);
    }
}
