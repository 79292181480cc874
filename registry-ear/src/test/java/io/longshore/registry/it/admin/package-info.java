/**
 * The administration API, {@code /api/v1/}, on the built server: what administrators and users do there, and what comes
 * of it for clients of the distribution API.
 */
package io.longshore.registry.it.admin;
