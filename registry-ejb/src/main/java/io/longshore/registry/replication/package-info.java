/**
 * Replication: what other registries have is copied here, and what is here to others, by rules. What is to be done lies
 * in the database, where each node takes what it does next.
 */
package io.longshore.registry.replication;
