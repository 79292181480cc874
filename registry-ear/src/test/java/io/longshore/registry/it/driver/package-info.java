/** Storage drivers, on the built server. */
package io.longshore.registry.it.driver;
