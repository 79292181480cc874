package io.longshore.registry.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where the public keys of an issuer of tokens are, as a JSON Web Key Set. */
public sealed interface JwksLocation {

    /** In a file of this machine. */
    record File(Path path) implements JwksLocation {}

    /** At a server. */
    record Url(URI url) implements JwksLocation {}

    /**
     * Reads either: what begins with {@code http://} or {@code https://} is an address, everything else a path.
     *
     * @throws IllegalArgumentException if it is neither; the message says what was expected
     */
    static JwksLocation parse(String text) {
        return text.matches("(?i)https?:.*")
                ? new Url(TrustedUrl.parse(text))
                : new File(Types.PATH.parse(new Value.Text(text, Source.DEFAULT)));
    }

    /** Whether nobody on the way to it can change it. */
    default boolean isSafe() {
        return !(this instanceof Url server) || TrustedUrl.isSafe(server.url(), false);
    }

    /** The address, if it is one. */
    default Optional<URI> address() {
        return this instanceof Url server ? Optional.of(server.url()) : Optional.empty();
    }
}
