/**
 * Showing a registry who asks: its challenges, the credentials for it, and the tokens that these are exchanged for
 * (RFC 9110, section 11; distribution's token authentication and OAuth2 specifications).
 *
 * <p>Uses {@code model} and {@code client.http}.
 */
package io.longshore.registry.client.auth;
