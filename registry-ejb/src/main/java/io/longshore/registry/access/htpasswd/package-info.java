/** Logging in with the names and passwords of an htpasswd file, as the web server Apache has them. */
package io.longshore.registry.access.htpasswd;
