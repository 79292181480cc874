/**
 * Access control of the built server: who gets which answer to what, and the attacks on it that fail. Nothing here
 * waits for a token to expire: tokens that no server would give out are signed with its own key, which lies in a
 * database of the tests.
 */
package io.longshore.registry.it.access;
