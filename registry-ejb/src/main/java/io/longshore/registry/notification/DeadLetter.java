package io.longshore.registry.notification;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * An event that an endpoint could not be told.
 *
 * @param id in the order in which they were given up
 * @param attempts how often it was tried
 * @param status the last, of HTTP; empty if there was no reply
 * @param detail the beginning of the last reply, or why there was none
 */
public record DeadLetter(long id, Event event, int attempts, Instant givenUpAt, OptionalInt status, String detail) {}
