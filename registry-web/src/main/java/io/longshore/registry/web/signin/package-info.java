/**
 * Logging in with a browser, which the administration API knows by a cookie afterwards. Uses the feature {@code access},
 * and from the web the addresses of clients and locations.
 */
package io.longshore.registry.web.signin;
