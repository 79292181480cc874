/** Where things are: the values of {@code Location}. Uses the model and the ids of uploads. */
package io.longshore.registry.web.location;
