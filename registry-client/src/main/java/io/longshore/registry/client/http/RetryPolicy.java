package io.longshore.registry.client.http;

import java.time.Duration;

/**
 * How often and how patiently a request is repeated.
 *
 * @param attempts in all, at least 1
 * @param firstDelay before the second attempt; doubled before each further one
 * @param longestDelay that is chosen here; a registry may ask for a longer one
 * @param budget how long one request may wait in all
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration longestDelay, Duration budget) {
    /** Five attempts within two minutes. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(5, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(2));

    public RetryPolicy {
        if (attempts < 1 || firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0 || budget.isNegative()) {
            throw new IllegalArgumentException("at least one attempt, and delays that do not shrink");
        }
    }
}
