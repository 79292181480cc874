package io.longshore.registry.access;

import java.util.List;

/**
 * Whose bearer tokens are accepted.
 *
 * @param inOrder asked about each token until one knows it
 */
public record TokenVerifiers(List<TokenVerifier> inOrder) {
    public TokenVerifiers {
        inOrder = List.copyOf(inOrder);
    }
}
