package io.longshore.registry.config;

/**
 * What is asked of manifests.
 *
 * @param maxSize the largest manifest that is accepted, inclusive
 */
public record ManifestConfig(DataSize maxSize) {}
