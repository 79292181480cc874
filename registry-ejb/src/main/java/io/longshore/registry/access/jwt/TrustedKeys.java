package io.longshore.registry.access.jwt;

import java.io.IOException;
import java.util.List;

/** The public keys of an issuer. Thread-safe. */
@FunctionalInterface
public interface TrustedKeys {

    /**
     * The keys that may have signed a token.
     *
     * @param hint what the token says of its key. Anybody can write that, so it may be compared with what is known, and
     *     nothing else
     * @return those that match, few; the verifier takes only those that fit the algorithm. Empty if there is none
     * @throws IOException if the keys are not known now, such as when the server that has them does not answer
     */
    List<TrustedKey> find(KeyHint hint) throws IOException;
}
