package io.longshore.registry.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written as a plain number or with one of the units KiB, MiB, GiB and TiB. */
public record DataSize(long bytes) implements Comparable<DataSize> {
    private static final Pattern GRAMMAR = Pattern.compile("([0-9]{1,18})(B|KiB|MiB|GiB|TiB)?");
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final String EXPECTED = "expected a size such as 4194304 or 4MiB (units KiB, MiB, GiB, TiB)";

    /**
     * @throws IllegalArgumentException if there are fewer than none
     */
    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative");
        }
    }

    /**
     * @throws IllegalArgumentException if it is not written so, or is more than fits
     */
    public static DataSize parse(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        long count = Long.parseLong(matcher.group(1));
        long factor = 1L << (10 * UNITS.indexOf(unit));
        if (count > Long.MAX_VALUE / factor) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return new DataSize(count * factor);
    }

    public static DataSize ofKiB(long count) {
        return new DataSize(Math.multiplyExact(count, 1L << 10));
    }

    public static DataSize ofMiB(long count) {
        return new DataSize(Math.multiplyExact(count, 1L << 20));
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** In the largest unit that divides it; {@link #parse} reads it back. */
    @Override
    public String toString() {
        int unit = bytes == 0 ? 0 : Math.min(Long.numberOfTrailingZeros(bytes) / 10, UNITS.size() - 1);
        return unit == 0 ? Long.toString(bytes) : (bytes >> (10 * unit)) + UNITS.get(unit);
    }
}
