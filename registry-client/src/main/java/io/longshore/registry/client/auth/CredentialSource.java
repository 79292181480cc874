package io.longshore.registry.client.auth;

import java.io.IOException;
import java.util.Optional;

/** Where the credentials for a host come from. Must be thread-safe. */
@FunctionalInterface
public interface CredentialSource {
    /** Asks as nobody, everywhere. */
    CredentialSource NONE = host -> Optional.empty();

    /**
     * The credentials for this host, or none to ask as nobody. Asked anew for each token.
     *
     * @param host with its port if that is not the usual one, such as {@code registry.example:5000}
     * @throws IOException if the source cannot be read
     */
    Optional<Credentials> credentials(String host) throws IOException;
}
