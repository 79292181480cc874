/**
 * HTTPS, as the built server speaks it: who may connect, what is served over it, and how certificates are replaced. The
 * certificates are made by the tests.
 */
package io.longshore.registry.it.tls;
