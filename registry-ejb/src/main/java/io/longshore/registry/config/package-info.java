/**
 * What an administrator can set: read once from a file, the environment and system properties, checked as a whole, and
 * turned into immutable records of real types. {@link io.longshore.registry.config.ConfigLoader} is the way in.
 *
 * <p>Every key is one row of a table in this package; the reference page in {@code docs/configuration.md} is checked
 * against it. Uses nothing of the container, and of this project nothing but the model, so that the start script can
 * read the same configuration before there is a server.
 */
package io.longshore.registry.config;
