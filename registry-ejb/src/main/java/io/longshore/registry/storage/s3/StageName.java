package io.longshore.registry.storage.s3;

import io.longshore.registry.storage.StageId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an id of a stage says: which one it is, and how large its segments are.
 *
 * @param value the id, and the folder of the segments
 */
record StageName(String value, long chunkBytes) {
    private static final Pattern GRAMMAR =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\.([1-9][0-9]{0,11})");

    static StageName random(long chunkBytes) {
        return new StageName(UUID.randomUUID() + "." + chunkBytes, chunkBytes);
    }

    /** Empty if this driver does not make such names. */
    static Optional<StageName> parse(String value) {
        Matcher matcher = GRAMMAR.matcher(value);
        return matcher.matches()
                ? Optional.of(new StageName(value, Long.parseLong(matcher.group(1))))
                : Optional.empty();
    }

    StageId id() {
        return new StageId(value);
    }

    /** The segment in which the last of {@code sizeBytes} lies; the first one if there are none. */
    long lastSegmentOf(long sizeBytes) {
        return sizeBytes == 0 ? 0 : (sizeBytes - 1) / chunkBytes;
    }

    /** How many of {@code sizeBytes} lie in the last segment. */
    long tailOf(long sizeBytes) {
        return sizeBytes - lastSegmentOf(sizeBytes) * chunkBytes;
    }
}
