package io.longshore.registry.access;

/**
 * What a token says that was sent in place of credentials.
 *
 * @param claims what it is good for
 * @param issuer by whom it was issued, which decides what holds beside the claims
 */
public record BearerToken(Identity identity, Permissions claims, Issuer issuer) {

    /** Who issued a token. */
    public enum Issuer {
        /** This registry: the identity's credentials must still be good, and its rules allow what the token is for. */
        REGISTRY,
        /** Another service, which decides alone. */
        OTHER
    }
}
