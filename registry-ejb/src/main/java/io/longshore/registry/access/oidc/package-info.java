/**
 * OpenID Connect: people and programs whose tokens an issuer that is trusted has signed. A token can be shown as a
 * password, which spares CI jobs and cluster workloads a stored one, and people can log in with a browser.
 */
package io.longshore.registry.access.oidc;
