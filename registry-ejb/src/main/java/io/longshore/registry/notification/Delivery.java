package io.longshore.registry.notification;

import java.time.Instant;

/**
 * An event that an endpoint is still to be told.
 *
 * @param attempts how often that was tried in vain
 * @param since when it was first due
 */
record Delivery(long id, Event event, int attempts, Instant since) {}
