package io.longshore.registry.manifest;

import io.longshore.registry.model.Digest;

/**
 * A manifest as the registry keeps it.
 *
 * @param mediaType as given by whoever pushed it
 * @param content the exact bytes; not to be changed
 */
public record StoredManifest(Digest digest, String mediaType, byte[] content) {}
