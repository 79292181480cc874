/**
 * The built server when things go wrong around it: it is killed, its database goes away, its disk is full, its clients
 * break off, or there are many of them. What it has acknowledged is there afterwards, and nothing is left behind.
 */
package io.longshore.registry.it.fault;
