package io.longshore.registry.access.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When which key signs: one after the other without a gap, each known for a while before. Immutable.
 *
 * @param rotation how long a key signs
 * @param notice how long before it signs a key is published, so that all who keep the published keys for a while know
 *     it
 */
record KeySchedule(Duration rotation, Duration notice) {
    private static final Duration LONGEST_NOTICE = Duration.ofHours(24);
    private static final int SHARE_OF_ROTATION = 4;

    static KeySchedule of(Duration rotation) {
        Duration share = rotation.dividedBy(SHARE_OF_ROTATION);
        return new KeySchedule(rotation, share.compareTo(LONGEST_NOTICE) < 0 ? share : LONGEST_NOTICE);
    }

    /** From when until when, exclusive, a key signs. */
    record Window(Instant from, Instant until) {}

    /**
     * The window of a key that has to be made now, because there is none, or the last one is about to have signed for
     * long enough.
     *
     * @param keys that can sign, or will
     * @return empty if none has to be made
     */
    Optional<Window> next(List<KeyRow> keys, Instant now) {
        Optional<KeyRow> last = last(keys).filter(key -> now.isBefore(key.until()));
        if (last.isEmpty()) {
            return Optional.of(window(now));
        }
        Instant end = min(last.get().until(), last.get().from().plus(rotation));
        return now.isBefore(end.minus(notice)) ? Optional.empty() : Optional.of(successor(last.get(), end, now));
    }

    /** A rotation that was made shorter finds keys that should have stopped: even then, the next one is announced. */
    private Window successor(KeyRow last, Instant end, Instant now) {
        return window(min(last.until(), max(end, now.plus(notice))));
    }

    Window window(Instant from) {
        return new Window(from, from.plus(rotation));
    }

    static Optional<KeyRow> last(List<KeyRow> keys) {
        return keys.stream().max(Comparator.comparing(KeyRow::until));
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
