/**
 * Webhooks: what happened is written in the transaction that does it, and told to whoever wants to know, in order, until
 * it is received or given up.
 */
package io.longshore.registry.notification;
