package io.longshore.registry.access;

import io.longshore.registry.config.Secret;
import java.io.IOException;
import java.util.Optional;

/** Verifies bearer tokens of one issuer. Thread-safe, and quick: asked with every request. */
@FunctionalInterface
public interface TokenVerifier {

    /**
     * What a token says.
     *
     * @return empty if it is none, is not good any more, or is another issuer's
     * @throws IOException if that cannot be told now
     */
    Optional<BearerToken> verify(Secret token) throws IOException;
}
