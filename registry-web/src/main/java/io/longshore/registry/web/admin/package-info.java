/**
 * The administration API, {@code /api/v1/}: JSON over HTTP for users, groups, robots, tokens, rules, the read-only mode
 * and the audit. Resources parse, call a service and answer.
 *
 * <p>Uses the services of the features, and the packages beside this one; nothing but the start of the web application
 * uses it.
 */
package io.longshore.registry.web.admin;
