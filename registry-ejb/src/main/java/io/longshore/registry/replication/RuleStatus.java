package io.longshore.registry.replication;

import java.time.Instant;
import java.util.Optional;

/**
 * A rule, and how it is doing.
 *
 * @param rule its password is empty; without the login if this node cannot read it
 * @param hasLogin whether it logs in
 * @param nextAt when its schedule begins the next run; empty if it has none, or is not enabled
 * @param last its newest run that is no trial; empty if there was none
 */
public record RuleStatus(
        ReplicationRule rule, boolean hasLogin, String createdBy, Instant createdAt, Optional<Instant> nextAt,
        Optional<Run> last) {}
