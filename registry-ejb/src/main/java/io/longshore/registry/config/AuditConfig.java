package io.longshore.registry.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of the audit.
 *
 * @param retention how old an event becomes before it is removed; empty for no end
 */
public record AuditConfig(Optional<Duration> retention) {}
