/**
 * The way to PostgreSQL: one pool, one migrated schema, transactions. Only table classes, which lie in the packages of
 * their features, see more of it than {@link io.longshore.registry.database.Database}.
 *
 * <p>Uses the configuration and the model, and knows no feature.
 */
package io.longshore.registry.database;
