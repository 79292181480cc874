/** Logging in with the certificate that a client shows in the handshake of TLS. */
package io.longshore.registry.access.certificate;
