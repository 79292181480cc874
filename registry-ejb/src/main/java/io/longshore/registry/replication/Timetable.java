package io.longshore.registry.replication;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * When something is to be done, as of {@code cron}: minute, hour, day of the month, month and day of the week.
 *
 * @param cron such as {@code 0 3 * * *}
 * @param zone the clock that is meant
 */
public record Timetable(String cron, ZoneId zone) {
    private static final String EXPECTED =
            "expected minute, hour, day of the month, month and day of the week, such as \"0 3 * * *\"";

    /** @throws IllegalArgumentException if it is none, or for a moment that never comes */
    public Timetable {
        if (ExecutionTime.forCron(parsed(cron)).nextExecution(ZonedDateTime.now(zone)).isEmpty()) {
            throw new IllegalArgumentException("expected a time that comes");
        }
    }

    /** @throws IllegalArgumentException if it is none; the message says what was expected */
    public static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected a time zone such as UTC or Europe/Berlin", e);
        }
    }

    private static Cron parsed(String text) {
        try {
            return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
    }

    /** The first moment after this one; empty if none comes. */
    public Optional<Instant> after(Instant moment) {
        return ExecutionTime.forCron(parsed(cron)).nextExecution(moment.atZone(zone)).map(ZonedDateTime::toInstant);
    }
}
