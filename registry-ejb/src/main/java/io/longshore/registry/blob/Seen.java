package io.longshore.registry.blob;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What is known of bytes that were just stored, beside that: whether they are there although the same ones were removed
 * lately. Immutable.
 */
public final class Seen {
    /** Nothing: they are there unless somebody is removing them. */
    public static final Seen BY_ITSELF = new Seen(Optional.empty());

    private final Optional<OffsetDateTime> goneBefore;

    Seen(Optional<OffsetDateTime> goneBefore) {
        this.goneBefore = goneBefore;
    }

    /** The removal after which they were seen, by its time; null if they were not looked for. */
    String goneBefore() {
        return goneBefore.map(OffsetDateTime::toString).orElse(null);
    }
}
