package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.ContentSource;

/**
 * A place that is open to be read.
 *
 * @param reference what is meant there, as the place has it
 */
record Source(Place place, ContentSource content, String reference) {}
