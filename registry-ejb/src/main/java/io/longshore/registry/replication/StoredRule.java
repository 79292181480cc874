package io.longshore.registry.replication;

import java.time.Instant;
import java.util.Optional;

/**
 * A rule as it is kept.
 *
 * @param rule without the login
 * @param secrets the login, sealed; empty if there is none
 * @param nextAt when its schedule begins the next run; empty if it has none, or is not enabled
 */
record StoredRule(long id, ReplicationRule rule, Optional<String> secrets, Made made, Optional<Instant> nextAt) {

    /** Who made it, and when. */
    record Made(String by, Instant at) {}
}
