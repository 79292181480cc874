/**
 * The certificates of HTTPS: read from files in PEM, offered to the server as an algorithm of a security provider, and
 * read again when the files change.
 *
 * <p>{@link io.longshore.registry.launcher.tls.Tls} is the way in. Uses the configuration of the registry, and nothing
 * else of this project.
 */
package io.longshore.registry.launcher.tls;
