package io.longshore.registry.notification;

import java.util.Locale;

/** Whether an endpoint is told anything. */
public enum EndpointState {
    ACTIVE,
    /** What happens is kept for it, and told when it is active again. */
    PAUSED,
    /** It is not told, and never will be, of what happens now. */
    OFF;

    /** As it is written, such as {@code active}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EndpointState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
