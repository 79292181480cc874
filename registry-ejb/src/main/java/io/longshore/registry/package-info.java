/** Puts the registry together. Everything else lies in a package of its feature. */
package io.longshore.registry;
