/**
 * One request after the other, as it has to be sent to a registry: repeated where that can help and does no harm,
 * redirected without giving anything away, and understood where it is refused.
 *
 * <p>Uses {@code model}.
 */
package io.longshore.registry.client.http;
