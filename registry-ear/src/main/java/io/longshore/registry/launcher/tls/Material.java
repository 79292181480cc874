package io.longshore.registry.launcher.tls;

import io.longshore.registry.config.TlsConfig;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The files of one moment. */
final class Material {
    private final PemFile certificate;
    private final PemFile key;
    private final List<PemFile> authorities;

    private Material(PemFile certificate, PemFile key, List<PemFile> authorities) {
        this.certificate = certificate;
        this.key = key;
        this.authorities = authorities;
    }

    /** @throws TlsException if one of the files cannot be read */
    static Material read(TlsConfig config) throws TlsException {
        List<PemFile> authorities = new ArrayList<>();
        for (Path path : config.clients().map(TlsConfig.Clients::authorities).orElse(List.of())) {
            authorities.add(PemFile.read(path));
        }
        return new Material(PemFile.read(config.certificate()), PemFile.read(config.key()), authorities);
    }

    /** The same for the same content, and for no other. */
    String fingerprint() {
        try {
            MessageDigest all = MessageDigest.getInstance("SHA-256");
            MessageDigest one = MessageDigest.getInstance("SHA-256");
            all.update(one.digest(certificate.bytes()));
            all.update(one.digest(key.bytes()));
            for (PemFile authority : authorities) {
                all.update(one.digest(authority.bytes()));
            }
            return HexFormat.of().formatHex(all.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @throws TlsException as {@link Identity#of} */
    Identity identity(Instant now) throws TlsException {
        return Identity.of(certificate, key, now);
    }

    /** Empty if clients are not asked for certificates. */
    Optional<Authorities> authorities() throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemFile file : authorities) {
            certificates.addAll(file.certificates());
        }
        return certificates.isEmpty() ? Optional.empty() : Optional.of(Authorities.of(certificates));
    }
}
