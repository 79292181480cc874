/**
 * Puts the registry together. Everything else lies in a package of its feature, below this one; this package uses them
 * all, and none uses it.
 */
package io.longshore.registry;
