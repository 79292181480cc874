package io.longshore.registry.web.admin;

import io.longshore.registry.notification.Attempt;
import java.time.Instant;
import java.util.UUID;

/**
 * An attempt to tell an endpoint an event, as it is shown.
 *
 * @param eventId null if the event was removed since
 * @param status null if there was no reply
 * @param detail null if there is none
 */
public record AttemptJson(
        long id, String eventId, Instant at, boolean received, Integer status, long latencyMillis, String detail) {

    static AttemptJson of(Attempt attempt) {
        return new AttemptJson(
                attempt.id(), attempt.event().map(UUID::toString).orElse(null), attempt.at(), attempt.received(),
                attempt.status().isPresent() ? attempt.status().getAsInt() : null, attempt.latencyMillis(),
                attempt.detail().isEmpty() ? null : attempt.detail());
    }
}
