/**
 * Images and artifacts in a folder (OCI image-spec, Image Layout), as skopeo, oras and others write and read it.
 *
 * <p>Uses {@code model}.
 */
package io.longshore.registry.client.layout;
