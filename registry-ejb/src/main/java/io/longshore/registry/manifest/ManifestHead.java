package io.longshore.registry.manifest;

import io.longshore.registry.model.Digest;

/**
 * What is to be known of a manifest without its content.
 *
 * @param mediaType as given by whoever pushed it
 */
public record ManifestHead(Digest digest, String mediaType, long sizeBytes) {}
