package io.longshore.registry.client.copy;

import io.longshore.registry.model.Descriptor;

/**
 * What a copy did. Manifests and blobs are counted together, each digest once.
 *
 * @param root what has the names in the target
 * @param copied how many were sent
 * @param mounted how many the target took over by itself
 * @param present how many were there
 * @param copiedBytes of those that were sent
 */
public record CopyResult(Descriptor root, int copied, int mounted, int present, long copiedBytes) {}
