package io.longshore.registry.web.range;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the header {@code Range} (RFC 9110, section 14.1.2). */
public final class ByteRanges {
    /** Who asks for more parts than this gets the whole, which costs less. */
    private static final int MOST_PARTS = 16;

    private static final Pattern SPEC = Pattern.compile("(\\d+)-(\\d*)|-(\\d+)");
    private static final int DIGITS_OF_LONG = 18;

    private ByteRanges() {}

    /**
     * The parts that are asked for, in the order asked; those that lie behind the end are left out. Parts that overlap
     * or touch become one, and then all are in ascending order (section 15.3.7.2 allows it): nobody gets a byte twice.
     *
     * @param header null if the request has none
     * @param sizeBytes of the representation; nothing of an empty one can be asked for, so its reply is the whole
     * @return empty if the whole is to be sent: nothing was asked for, or nothing that can be understood
     * @throws NotSatisfiableException if no part lies within the representation, or one ends before it begins
     */
    public static Optional<List<ByteRange>> parse(String header, long sizeBytes) throws NotSatisfiableException {
        if (header == null || sizeBytes == 0 || !header.regionMatches(true, 0, "bytes=", 0, "bytes=".length())) {
            return Optional.empty();
        }
        List<ByteRange> parts = new ArrayList<>();
        int specs = 0;
        for (String spec : header.substring("bytes=".length()).split(",")) {
            Matcher matcher = SPEC.matcher(spec.strip());
            if (spec.isBlank()) {
                // Section 5.6.1.2: a list may have empty elements.
                continue;
            }
            if (!matcher.matches() || ++specs > MOST_PARTS) {
                return Optional.empty();
            }
            if (isBackwards(matcher)) {
                throw new NotSatisfiableException();
            }
            within(matcher, sizeBytes).ifPresent(parts::add);
        }
        if (specs == 0) {
            return Optional.empty();
        }
        if (parts.isEmpty()) {
            throw new NotSatisfiableException();
        }
        return Optional.of(joined(parts));
    }

    private static boolean isBackwards(Matcher spec) {
        return spec.group(1) != null && !spec.group(2).isEmpty() && number(spec.group(2)) < number(spec.group(1));
    }

    private static Optional<ByteRange> within(Matcher spec, long sizeBytes) {
        long start;
        long end = sizeBytes - 1;
        if (spec.group(1) == null) {
            start = Math.max(0, sizeBytes - number(spec.group(3)));
        } else {
            start = number(spec.group(1));
            end = spec.group(2).isEmpty() ? end : Math.min(end, number(spec.group(2)));
        }
        return start < sizeBytes ? Optional.of(new ByteRange(start, end)) : Optional.empty();
    }

    /** What has more digits than any size is simply very far. */
    private static long number(String digits) {
        return digits.length() > DIGITS_OF_LONG ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static List<ByteRange> joined(List<ByteRange> asked) {
        List<ByteRange> ascending = new ArrayList<>(asked);
        ascending.sort(Comparator.comparingLong(ByteRange::start));
        List<ByteRange> joined = new ArrayList<>();
        for (ByteRange part : ascending) {
            ByteRange before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (before == null || part.start() > before.end() + 1) {
                joined.add(part);
            } else {
                joined.set(joined.size() - 1, new ByteRange(before.start(), Math.max(before.end(), part.end())));
            }
        }
        return joined.size() == asked.size() ? List.copyOf(asked) : joined;
    }

    /** No part that was asked for is there (416). */
    public static final class NotSatisfiableException extends Exception {
        private static final long serialVersionUID = 1L;

        NotSatisfiableException() {
            super("no part of the range is there", null, false, false);
        }
    }
}
