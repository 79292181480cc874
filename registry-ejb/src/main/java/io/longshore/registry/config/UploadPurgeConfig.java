package io.longshore.registry.config;

import java.time.Duration;

/**
 * What becomes of uploads that nobody goes on with.
 *
 * @param age how long nothing must have come before one is removed
 * @param interval from one look for them to the next
 * @param dryRun whether they are only counted
 */
public record UploadPurgeConfig(boolean enabled, Duration age, Duration interval, boolean dryRun) {}
