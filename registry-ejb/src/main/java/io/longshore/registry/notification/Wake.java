package io.longshore.registry.notification;

import java.io.IOException;

/** Wakes up some node, this one or another, to do what a {@link Dispatcher} understands. */
@FunctionalInterface
public interface Wake {
    /**
     * Returns at once.
     *
     * @throws IOException if nobody can be woken up now
     */
    void up(String text) throws IOException;
}
