/**
 * Images in a tar file, to copy from and to: what {@code docker save} writes, and OCI layouts. Nothing is unpacked.
 *
 * <p>Uses {@code model}, {@code client}, {@code client.copy}, {@code client.http} and {@code client.layout}.
 */
package io.longshore.registry.client.archive;
