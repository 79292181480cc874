package io.longshore.registry.client.http;

import java.time.Duration;

/** Lets time pass. Must be thread-safe. */
@FunctionalInterface
public interface Waiting {
    /** Sleeps. */
    Waiting SLEEP = delay -> Thread.sleep(delay.toMillis());

    /** Comes back after {@code delay}. */
    void pass(Duration delay) throws InterruptedException;
}
