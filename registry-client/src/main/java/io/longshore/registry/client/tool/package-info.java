/**
 * The command-line tool {@code longshore}, whose first class is {@link io.longshore.registry.client.tool.Longshore}: a
 * command is a class, its options are fields. It is no part of the library's JAR.
 *
 * <p>Uses {@code model} and all packages of {@code client}; nothing uses it.
 */
package io.longshore.registry.client.tool;
