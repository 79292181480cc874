/** Keeps secrets from those who can read the database. */
package io.longshore.registry.seal;
