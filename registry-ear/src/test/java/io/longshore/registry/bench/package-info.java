/**
 * A benchmark of the built server against a peer on the same machine and in the same run. It uses nothing of the
 * product but {@link io.longshore.registry.it.RegistryServer}, which starts it, and the stores that the tests use, too;
 * {@code docs/benchmarks.md} says how to run it and what its rows mean.
 */
package io.longshore.registry.bench;
