/**
 * The distribution API as clients see it, byte by byte: requests over HTTP against the built server, or against the
 * registry that the system property {@code registry.url} names. Tests carry the identifiers of the OCI distribution
 * specification as tags, and every reply that they get is held against {@code docs/openapi.yaml}.
 */
package io.longshore.registry.it.protocol;
