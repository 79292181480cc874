/**
 * The clients that people use, run against the registry: each test does what a user does with the real program or
 * library and then looks, over plain HTTP, at what the registry holds.
 *
 * <p>A client that is not installed skips its tests with a message that names the Debian package; with the system
 * property {@code clients.required=true} it fails them. With {@code registry.url} the tests talk to the registry at
 * that address, of whatever make; those that log in need a server of their own, and are skipped.
 */
package io.longshore.registry.it.client;
