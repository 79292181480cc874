package io.longshore.registry.mirror;

import io.longshore.registry.config.UpstreamConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the mirror of an upstream is doing.
 *
 * @param config empty if the configuration of another node has it, or this node cannot read its secrets
 * @param configured by the configuration, which alone can change it
 */
public record MirrorStatus(
        String name, Optional<UpstreamConfig> config, boolean configured, String createdBy, Instant createdAt,
        Counts counts) {

    /**
     * What it holds, and what came of the pulls of all time.
     *
     * @param blobBytes of all blobs together
     * @param waited for the answers of the upstream to begin, all together
     */
    public record Counts(
            long manifests, long blobs, long blobBytes, Optional<Instant> lastPulled, long hits, long misses, long stale,
            long servedBytes, long fetchedBytes, long requests, long errors, Duration waited) {}
}
