package io.longshore.registry.web.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times as clients write them (RFC 3339). */
final class Rfc3339 {
    /** What is expected where there is something else. */
    static final String EXPECTED = "expected a time such as 2027-01-31T12:00:00Z";

    private static final int LAST_YEAR = 9999;

    private Rfc3339() {}

    /**
     * @throws DateTimeException if it is no time, or one of a year that has not four digits: the database does not know
     *     all those that Java does
     */
    static Instant parse(String text) {
        OffsetDateTime time = OffsetDateTime.parse(text);
        if (time.getYear() < 0 || time.getYear() > LAST_YEAR) {
            throw new DateTimeException("a year has four digits");
        }
        return time.toInstant();
    }
}
