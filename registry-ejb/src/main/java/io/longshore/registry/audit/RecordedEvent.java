package io.longshore.registry.audit;

import java.time.Instant;

/**
 * A row of the audit.
 *
 * @param id what a later page begins after
 * @param at when it was written, by the clock of the database
 */
public record RecordedEvent(long id, Instant at, AuditEvent event) {}
