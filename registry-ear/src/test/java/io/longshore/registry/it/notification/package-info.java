/** Webhooks of the built server, told to a real receiver. */
package io.longshore.registry.it.notification;
