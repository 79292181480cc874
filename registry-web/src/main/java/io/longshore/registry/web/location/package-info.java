/** Where things are: the values of {@code Location}. */
package io.longshore.registry.web.location;
