package io.longshore.registry.referrer;

import io.longshore.registry.model.Digest;
import java.util.Optional;

/**
 * A manifest that refers to a subject, as the list of referrers describes it.
 *
 * @param annotationsJson the manifest's annotations as a JSON object
 */
public record Referrer(
        Digest digest,
        String mediaType,
        long sizeBytes,
        Optional<String> artifactType,
        Optional<String> annotationsJson) {}
