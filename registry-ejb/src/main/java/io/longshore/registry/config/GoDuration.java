package io.longshore.registry.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them and distribution's files hold them: {@code 10s}, {@code 1h30m}, {@code 1.5h}. */
public final class GoDuration {
    private static final String TERM = "([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)";
    private static final Pattern TERMS = Pattern.compile(TERM);
    private static final Pattern GRAMMAR = Pattern.compile("(?:" + TERM + ")+");
    private static final int LONGEST_TEXT = 50;
    private static final BigDecimal LONGEST_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private GoDuration() {}

    /** Parts of a nanosecond are cut off. There are no negative ones. */
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (text.length() > LONGEST_TEXT || !GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected a duration such as 10s, 1h30m or 168h (units ns, us, ms, s, m, h)");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher term = TERMS.matcher(text);
        while (term.find()) {
            nanos = nanos.add(new BigDecimal(term.group(1)).multiply(BigDecimal.valueOf(NANOS.get(term.group(2)))));
        }
        if (nanos.compareTo(LONGEST_NANOS) > 0) {
            throw new IllegalArgumentException("expected a duration of at most 290 years");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /** In hours, minutes, seconds and less, without those that are none; {@link #parse} reads it back. */
    public static String format(Duration duration) {
        StringBuilder text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        append(text, duration.toNanosPart() % 1_000_000, "ns");
        return text.isEmpty() ? "0" : text.toString();
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(count).append(unit);
        }
    }
}
