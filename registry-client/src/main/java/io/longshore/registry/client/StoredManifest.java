package io.longshore.registry.client;

import io.longshore.registry.model.Digest;
import java.util.Optional;

/**
 * A manifest that a registry has, with all of the tags that it was to get.
 *
 * @param subject what it says something about
 * @param isListedByTag whether the subject's referrers had to be listed under the fallback tag; if not, and there is a
 *     subject, the registry lists them
 */
public record StoredManifest(Digest digest, Optional<Digest> subject, boolean isListedByTag) {}
