/** Who sends a request. */
package io.longshore.registry.web.access;
