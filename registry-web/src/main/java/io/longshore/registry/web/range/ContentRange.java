package io.longshore.registry.web.range;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.upload.ChunkRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an uploaded chunk lies (OCI distribution-spec, "Pushing a blob in chunks"). The specification writes
 * {@code 0-99}; clients also send {@code bytes 0-99/200} as HTTP does, and {@code bytes=0-99}.
 */
public final class ContentRange {
    private static final Pattern GRAMMAR =
            Pattern.compile("(?i:bytes(?: +| *= *))?(\\d{1,18})-(\\d{1,18})(?:/(?:(\\d{1,18})|\\*))?");

    private ContentRange() {}

    /**
     * Reads the value of a {@code Content-Range}.
     *
     * @throws RegistryException.Invalid {@link ErrorCode#RANGE_INVALID} if it is none, if it ends before it begins, or
     *     behind the total that it names
     */
    public static ChunkRange parse(String header) {
        Matcher matcher = GRAMMAR.matcher(header.strip());
        if (matcher.matches()) {
            long start = Long.parseLong(matcher.group(1));
            long end = Long.parseLong(matcher.group(2));
            if (start <= end && (matcher.group(3) == null || end < Long.parseLong(matcher.group(3)))) {
                return new ChunkRange(start, end);
            }
        }
        throw new RegistryException.Invalid(
                ErrorCode.RANGE_INVALID, "Content-Range is start-end, both positions inclusive", "");
    }
}
