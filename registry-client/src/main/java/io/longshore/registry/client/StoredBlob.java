package io.longshore.registry.client;

import io.longshore.registry.model.Digest;

/**
 * A blob that a registry has.
 *
 * @param sizeBytes 0 or more
 */
public record StoredBlob(Digest digest, long sizeBytes) {}
