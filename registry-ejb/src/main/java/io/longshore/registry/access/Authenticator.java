package io.longshore.registry.access;

import java.io.IOException;
import java.util.Optional;

/**
 * Knows who somebody is by the credentials shown. Several stand in a chain, and are asked one after the other until one
 * knows. Thread-safe; called by many threads at once. What it found is remembered for a while by whoever asks, so it
 * need not be fast.
 */
public interface Authenticator {

    /**
     * Who shows these credentials.
     *
     * @return empty if they are wrong, unknown here or of another kind; for a name that is unknown, after as much time
     *     as for a wrong password. The {@linkplain Identity#source() source} is the {@link #name()}
     * @throws IOException if it cannot be told now, such as when a server does not answer. Others in the chain are
     *     still asked, and if none of them knows, the client is told to try again
     */
    Optional<Identity> authenticate(Credentials credentials) throws IOException;

    /**
     * What has become of somebody since: asked about tokens that the registry gave out on the strength of credentials,
     * which may have been revoked.
     *
     * @param identity one that {@link #authenticate} returned, at any time, on any node
     * @return the identity as it is now; empty if its credentials would not be accepted any more
     * @throws IOException if it cannot be told now
     */
    default Optional<Identity> refresh(Identity identity) throws IOException {
        return Optional.of(identity);
    }

    /**
     * What has become of a user since, whatever has become of the credentials: asked about personal access tokens, which
     * users make to show them in place of those, and which end with the user. Whoever knows no users but their
     * credentials answers as {@link #refresh} does.
     *
     * @param user one that {@link #authenticate} returned, at any time, on any node
     * @return the user as it is now; empty if there is none any more
     * @throws IOException if it cannot be told now
     */
    default Optional<Identity> lookUp(Identity user) throws IOException {
        return refresh(user);
    }

    /** Names it in {@link Identity#source()}, in the audit and in the configuration; the same on every node. */
    String name();
}
