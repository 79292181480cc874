package io.longshore.registry.client;

import io.longshore.registry.model.Digest;

/**
 * What can be known of a manifest without reading it.
 *
 * @param mediaType without parameters
 */
public record ManifestHead(Digest digest, String mediaType, long sizeBytes) {}
