/**
 * Accounts that the registry keeps in its database: users with passwords, their groups, robots, and the personal access
 * tokens of any user. Each is a way of logging in, and is administered by a service of its own.
 */
package io.longshore.registry.access.account;
