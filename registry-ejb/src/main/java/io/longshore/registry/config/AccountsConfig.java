package io.longshore.registry.config;

import java.time.Duration;

/**
 * Accounts that the registry keeps itself. Robots and personal access tokens are there wherever there is any way of
 * logging in.
 *
 * @param users whether users log in by passwords that the registry keeps
 * @param administrator the name of the user that is made where there are none
 * @param longestTokenLifetime of personal access tokens
 */
public record AccountsConfig(boolean users, String administrator, Duration longestTokenLifetime) {}
