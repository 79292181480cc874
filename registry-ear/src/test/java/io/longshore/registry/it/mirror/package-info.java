/** The mirror against real registries, over lines that fail. */
package io.longshore.registry.it.mirror;
