/**
 * Tokens in the form of JWTs: whether one is to be believed, and what it says. What they mean is up to the ways of
 * logging in that use them, in the packages beside this one.
 */
package io.longshore.registry.access.jwt;
