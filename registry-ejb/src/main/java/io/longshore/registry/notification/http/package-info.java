/**
 * Sends events over HTTP: the bodies and signatures of requests, which addresses may be reached, and the client, whose
 * types are known here alone.
 */
package io.longshore.registry.notification.http;
