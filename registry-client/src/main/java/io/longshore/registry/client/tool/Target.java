package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.ContentTarget;
import java.util.List;

/**
 * A place that is open to be written.
 *
 * @param names what is put there is to be called; perhaps none
 */
record Target(Place place, ContentTarget content, List<String> names) {}
