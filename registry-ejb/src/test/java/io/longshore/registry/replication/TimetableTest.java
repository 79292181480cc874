package io.longshore.registry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {

    @ParameterizedTest
    @CsvSource({
        "0 3 * * *, UTC, 2026-01-01T02:59:59Z, 2026-01-01T03:00:00Z",
        "0 3 * * *, UTC, 2026-01-01T03:00:00Z, 2026-01-02T03:00:00Z",
        "*/15 * * * *, UTC, 2026-01-01T00:01:00Z, 2026-01-01T00:15:00Z",
        "0 22 * * 1-5, UTC, 2026-01-02T23:00:00Z, 2026-01-05T22:00:00Z",
        "30 8 1 * *, Europe/Berlin, 2026-01-01T00:00:00Z, 2026-01-01T07:30:00Z",
        // by summer time
        "30 8 * * *, Europe/Berlin, 2026-07-01T00:00:00Z, 2026-07-01T06:30:00Z",
        // there is no half past two in this night
        "30 2 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-30T00:30:00Z",
        // and an hour more in this one
        "30 3 * * *, Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-25T02:30:00Z"
    })
    void saysWhatComesNext(String cron, String zone, Instant moment, Instant next) {
        assertThat(new Timetable(cron, ZoneId.of(zone)).after(moment)).contains(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "daily", "* * * *", "0 0 3 * * *", "60 * * * *", "0 3 31 2 *", "0 3 * * 8"})
    void refusesWhatIsNone(String cron) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Timetable(cron, ZoneOffset.UTC)).withMessageStartingWith("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Berlin", "Mars/Olympus"})
    void refusesWhatIsNoTimeZone(String zone) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Timetable.zone(zone)).withMessageStartingWith("expected");
    }
}
