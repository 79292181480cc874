/**
 * Rules: who may do what, and whether anybody may write, as the configuration and the database say. Knows nothing of how
 * somebody proves who they are.
 */
package io.longshore.registry.access.rule;
