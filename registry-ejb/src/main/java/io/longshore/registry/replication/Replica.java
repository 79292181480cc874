package io.longshore.registry.replication;

import io.longshore.registry.database.Database;

/**
 * A rule, with all that is needed to do something for it.
 *
 * @param database what was copied is written there
 * @param throttle of the rule on this node
 */
record Replica(
        long ruleId, ReplicationRule rule, RegistryEnd source, RegistryEnd target, Database database,
        Throttle throttle) {}
