package io.longshore.registry.config;

/**
 * What is served to the administrator alone.
 *
 * @param addr where; nothing else is served there
 * @param metricsPath under which path metrics are
 */
public record DebugConfig(HostPort addr, String metricsPath) {}
