/**
 * Logging in: the chain of authenticators, what was verified a moment ago, and the brake on guessing. Knows no single way
 * of logging in.
 */
package io.longshore.registry.access.login;
