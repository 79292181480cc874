/**
 * The token service over HTTP: where clients fetch tokens, in the two ways that Docker's specifications have, and the
 * keys by which others verify them.
 */
package io.longshore.registry.web.token;
