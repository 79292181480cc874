/**
 * The words of the OCI distribution specification as types: digests, names, references, descriptors, manifests and
 * error codes. Values are parsed once, where they enter; whatever holds one of these types holds a valid one.
 *
 * <p>Uses nothing else of this project; everything may use it.
 */
package io.longshore.registry.model;
