/** What is for the administrator alone: served on an address of its own, by a server of its own. */
package io.longshore.registry.web.debug;
