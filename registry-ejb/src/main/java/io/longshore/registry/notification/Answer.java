package io.longshore.registry.notification;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What came of an attempt to send events.
 *
 * @param status of the reply; empty if there was none
 * @param detail the beginning of the reply's body, or why there was no reply; no secrets, at most 1000 characters, none of
 *     them control characters
 * @param latency from the beginning to the end of the reply, or to the failure
 * @param retryAfter how long the receiver asks to be left alone
 */
public record Answer(OptionalInt status, String detail, Duration latency, Optional<Duration> retryAfter) {

    /** Whether the events count as received: any status of 2xx or 3xx. */
    public boolean isReceived() {
        return status.isPresent() && status.getAsInt() >= 200 && status.getAsInt() < 400;
    }
}
