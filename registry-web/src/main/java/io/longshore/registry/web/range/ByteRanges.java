package io.longshore.registry.web.range;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the header {@code Range} (RFC 9110, section 14.1.2). */
public final class ByteRanges {
    /** Who asks for more parts than this, or for overlapping ones that are more than the whole, gets the whole. */
    private static final int MOST_PARTS = 16;

    private static final Pattern SPEC = Pattern.compile("(\\d{1,18})-(\\d{0,18})|-(\\d{1,18})");

    private ByteRanges() {}

    /**
     * The parts that are asked for, in the order asked; those that lie behind the end are left out.
     *
     * @param header null if the request has none
     * @param sizeBytes of the representation
     * @return empty if the whole is to be sent: nothing was asked for, or nothing that can be understood
     * @throws NotSatisfiableException if no part lies within the representation, or one ends before it begins
     */
    public static Optional<List<ByteRange>> parse(String header, long sizeBytes) throws NotSatisfiableException {
        if (header == null || !header.regionMatches(true, 0, "bytes=", 0, "bytes=".length())) {
            return Optional.empty();
        }
        List<ByteRange> parts = new ArrayList<>();
        long total = 0;
        for (String spec : header.substring("bytes=".length()).split(",", -1)) {
            Matcher matcher = SPEC.matcher(spec.trim());
            if (!matcher.matches()) {
                return Optional.empty();
            }
            if (isBackwards(matcher)) {
                throw new NotSatisfiableException();
            }
            Optional<ByteRange> part = within(matcher, sizeBytes);
            if (part.isPresent()) {
                parts.add(part.get());
                total += part.get().sizeBytes();
            }
            if (parts.size() > MOST_PARTS || total > sizeBytes) {
                return Optional.empty();
            }
        }
        if (parts.isEmpty()) {
            throw new NotSatisfiableException();
        }
        return Optional.of(parts);
    }

    private static boolean isBackwards(Matcher spec) {
        return spec.group(1) != null
                && !spec.group(2).isEmpty()
                && Long.parseLong(spec.group(2)) < Long.parseLong(spec.group(1));
    }

    private static Optional<ByteRange> within(Matcher spec, long sizeBytes) {
        long start;
        long end = sizeBytes - 1;
        if (spec.group(1) == null) {
            long suffix = Long.parseLong(spec.group(3));
            start = suffix == 0 ? sizeBytes : Math.max(0, sizeBytes - suffix);
        } else {
            start = Long.parseLong(spec.group(1));
            end = spec.group(2).isEmpty() ? end : Math.min(end, Long.parseLong(spec.group(2)));
        }
        return start < sizeBytes ? Optional.of(new ByteRange(start, end)) : Optional.empty();
    }

    /** No part that was asked for is there (416). */
    public static final class NotSatisfiableException extends Exception {
        private static final long serialVersionUID = 1L;

        NotSatisfiableException() {
            super("no part of the range is there", null, false, false);
        }
    }
}
