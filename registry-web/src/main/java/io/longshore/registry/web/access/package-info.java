/**
 * Access control at the edge: who sends a request, what a resource method needs, and how it is refused. Uses the feature
 * {@code access}, and the errors and locations of the web.
 */
package io.longshore.registry.web.access;
