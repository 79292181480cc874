package io.longshore.registry.storage.azure;

/** A block of a block blob. */
record Block(String id, long sizeBytes) {}
