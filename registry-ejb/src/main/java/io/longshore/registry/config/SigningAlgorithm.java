package io.longshore.registry.config;

import java.util.Optional;
import java.util.Set;

/**
 * How a token may be signed: with a private key alone. What is signed with a shared secret ({@code HS256} and its
 * like), or not at all, is never believed, so these have no name here.
 */
public enum SigningAlgorithm {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512,
    /** With Ed25519; Ed448 is not supported. */
    EDDSA;

    /** All of them. */
    public static final Set<SigningAlgorithm> ALL = Set.of(values());

    /** The algorithm that a token's {@code alg} names; the case matters. */
    public static Optional<SigningAlgorithm> of(String alg) {
        for (SigningAlgorithm algorithm : values()) {
            if (algorithm.alg().equals(alg)) {
                return Optional.of(algorithm);
            }
        }
        return alg.equals("Ed25519") ? Optional.of(EDDSA) : Optional.empty();
    }

    /** As it is written in tokens and in the configuration. */
    public String alg() {
        return this == EDDSA ? "EdDSA" : name();
    }
}
