package io.longshore.registry.access.jwt;

import io.longshore.registry.config.JwksLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Keys wherever an administrator says that they are. */
public final class JwksKeys {
    private JwksKeys() {}

    /**
     * The keys at this place. A file is read at once, a server is not asked yet.
     *
     * @param authorities as {@link HttpDocuments} takes them
     * @param plain as {@link HttpDocuments} takes it
     * @throws IOException if a file cannot be used
     */
    public static TrustedKeys open(JwksLocation location, Optional<Path> authorities, boolean plain, Clock clock)
            throws IOException {
        if (location instanceof JwksLocation.File file) {
            return new FileKeys(file.path());
        }
        URI url = location.address().orElseThrow();
        HttpDocuments documents = new HttpDocuments(authorities, plain);
        return new RemoteKeys(url.toString(), () -> documents.get(url), clock);
    }
}
