/**
 * Starts the registry from the command line: reads the few settings that are needed before the server runs, starts the
 * embedded PostgreSQL where no database is named, runs WildFly in the same JVM, says when it is ready, and stops all of
 * it in order.
 *
 * <p>Nothing here logs before the server runs: the log manager of the server must be the first to be asked for a
 * logger. What the operator must know goes to the standard streams.
 *
 * <p>Uses the configuration of the registry, and nothing else of this project; only the build uses one class of it.
 */
package io.longshore.registry.launcher;
