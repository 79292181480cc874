/**
 * The command-line tool {@code longshore}, which begins in {@code Longshore}: a command is a class, its options are
 * fields. It is no part of the library's JAR.
 *
 * <p>Uses {@code model} and all packages of {@code client}; nothing uses it.
 */
package io.longshore.registry.client.tool;
