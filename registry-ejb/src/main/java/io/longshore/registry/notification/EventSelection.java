package io.longshore.registry.notification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Some of what happened.
 *
 * @param ids these alone; empty for no limit
 * @param from inclusive
 * @param until exclusive
 */
public record EventSelection(List<UUID> ids, Optional<Instant> from, Optional<Instant> until) {
    public EventSelection {
        ids = List.copyOf(ids);
    }

    /** For the audit. */
    @Override
    public String toString() {
        return ids.isEmpty()
                ? "from " + from.map(Instant::toString).orElse("the beginning") + " until "
                        + until.map(Instant::toString).orElse("now")
                : "by id";
    }
}
