/**
 * The distribution API over HTTP: a filter, a resource for each part of the API, and {@link
 * io.longshore.registry.web.WebStart}, which puts them together. HTTP stops here: resources parse, call a service and
 * answer.
 *
 * <p>Uses the services of the features, the configuration and the model, and the packages below this one; nothing uses
 * it.
 */
package io.longshore.registry.web;
