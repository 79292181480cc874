package io.longshore.registry.notification;

/**
 * An event that an endpoint is still to be told.
 *
 * @param attempts how often that was tried in vain
 */
record Delivery(long id, Event event, int attempts) {}
