/**
 * The registry's own token service: gives out tokens by which Docker's clients show who they are, signs them with keys
 * that all nodes share, and knows its own tokens again.
 */
package io.longshore.registry.access.token;
