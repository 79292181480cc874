package io.longshore.registry.notification;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * An attempt to tell an endpoint an event.
 *
 * @param id in the order in which they ended
 * @param event by which receivers know it; empty if it was removed since
 * @param status of HTTP; empty if there was no reply
 * @param detail the beginning of the reply, or why there was none
 */
public record Attempt(
        long id, Optional<UUID> event, Instant at, boolean received, OptionalInt status, long latencyMillis,
        String detail) {}
