package io.longshore.registry.access.jwt;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Keys of certificates in a PEM file, which is read again when it changes. A token is signed with one of them, which it
 * names by thumbprint (RFC 7638) or as libtrust does, or brings certificates (its {@code x5c}) that lead to one.
 * Certificates that are brought decide alone, as in distribution. Whether any was revoked is not looked up.
 */
public final class CertificateKeys implements TrustedKeys {
    private final WatchedFile<RootCertificates> file;
    private final Clock clock;

    /**
     * @throws IOException if the file cannot be read now, or there is no certificate in it
     */
    public CertificateKeys(Path path, Clock clock) throws IOException {
        this.file = new WatchedFile<>(path, bytes -> new RootCertificates(PemCertificates.parse(bytes)));
        this.clock = clock;
        file.read();
    }

    @Override
    public List<TrustedKey> find(KeyHint hint) throws IOException {
        RootCertificates roots = file.read();
        return hint.chain().isEmpty() ? roots.find(hint.id()) : roots.find(hint.chain(), clock.instant());
    }
}
