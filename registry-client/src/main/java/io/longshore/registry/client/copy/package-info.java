/**
 * Copies images and artifacts between registries, layouts and whatever else is a {@link
 * io.longshore.registry.client.copy.ContentSource} or a {@link io.longshore.registry.client.copy.ContentTarget}.
 *
 * <p>Uses {@code model}, {@code client}, {@code client.http} and {@code client.layout}.
 */
package io.longshore.registry.client.copy;
