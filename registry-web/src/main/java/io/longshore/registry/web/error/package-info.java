/**
 * What a client sees of a failure: one place for the HTTP status, one for the body. Used by the JAX-RS resources, by
 * the filter before them and where the container reports an error of its own.
 *
 * <p>Uses the model, the bodies of requests, and of the storage nothing but its exceptions.
 */
package io.longshore.registry.web.error;
