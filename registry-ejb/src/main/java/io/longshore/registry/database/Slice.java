package io.longshore.registry.database;

import java.util.List;

/**
 * A part of a longer list.
 *
 * @param more whether the list goes on behind these items
 */
public record Slice<T>(List<T> items, boolean more) {

    public Slice {
        items = List.copyOf(items);
    }

    /** The first {@code limit} of what was found when one more than {@code limit} was asked for. */
    public static <T> Slice<T> of(List<T> found, int limit) {
        return new Slice<>(found, false).first(limit);
    }

    /** At most {@code limit} of these items. */
    public Slice<T> first(int limit) {
        return items.size() > limit ? new Slice<>(items.subList(0, limit), true) : this;
    }
}
