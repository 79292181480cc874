package io.longshore.registry.storage.azure;

import java.io.InputStream;

/**
 * An object, open for reading.
 *
 * @param sizeBytes of the whole object
 * @param body from the position asked for to the end
 */
record Opened(String version, long sizeBytes, InputStream body) {}
