/** What Prometheus is told: distribution's names where distribution counts the same, and the JVM. */
package io.longshore.registry.metrics;
