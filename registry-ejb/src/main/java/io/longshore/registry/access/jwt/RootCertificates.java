package io.longshore.registry.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Certificates that are trusted: their own keys, and those of certificates that lead to them. Immutable and
 * thread-safe.
 */
final class RootCertificates {
    private static final System.Logger LOG = System.getLogger(RootCertificates.class.getName());

    private static final int LONGEST_CHAIN = 8;

    private final List<X509Certificate> roots;
    private final Map<String, TrustedKey> byId = new HashMap<>();

    RootCertificates(List<X509Certificate> roots) {
        this.roots = List.copyOf(roots);
        roots.stream().map(X509Certificate::getPublicKey).forEach(this::add);
    }

    private void add(PublicKey key) {
        TrustedKey.of(key).ifPresent(trusted -> {
            byId.put(LibtrustKeyId.of(key), trusted);
            thumbprint(key).ifPresent(id -> byId.put(id, trusted));
        });
    }

    private static Optional<String> thumbprint(PublicKey key) {
        try {
            if (key instanceof RSAPublicKey rsa) {
                return Optional.of(new RSAKey.Builder(rsa).build().computeThumbprint().toString());
            }
            if (key instanceof ECPublicKey ec) {
                Curve curve = Curve.forECParameterSpec(ec.getParams());
                return Optional.of(new ECKey.Builder(curve, ec).build().computeThumbprint().toString());
            }
            byte[] encoded = key.getEncoded();
            Base64URL point = Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
            return Optional.of(new OctetKeyPair.Builder(Curve.Ed25519, point).build().computeThumbprint().toString());
        } catch (JOSEException e) {
            return Optional.empty();
        }
    }

    /** The key of one of them, by its thumbprint (RFC 7638) or as libtrust names it, even if it has expired. */
    List<TrustedKey> find(String id) {
        return Optional.ofNullable(byId.get(id)).stream().toList();
    }

    /** The key of the first certificate of a chain, if this leads to one of these and all hold now. */
    List<TrustedKey> find(List<String> chain, Instant now) {
        if (chain.size() > LONGEST_CHAIN) {
            return List.of();
        }
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            for (String certificate : chain) {
                certificates.add(PemCertificates.certificate(certificate));
            }
            X509Certificate first = certificates.get(0);
            verify(certificates, Date.from(now));
            return TrustedKey.of(first.getPublicKey()).stream().toList();
        } catch (IOException | GeneralSecurityException e) {
            LOG.log(Level.DEBUG, "a chain of certificates is not believed: {0}", e.getMessage());
            return List.of();
        }
    }

    /** In the order given, as RFC 7515 demands, so that nobody can make us look for a way through hundreds. */
    private void verify(List<X509Certificate> chain, Date now) throws GeneralSecurityException {
        Set<TrustAnchor> anchors = roots.stream()
                .filter(root -> !now.before(root.getNotBefore()) && !now.after(root.getNotAfter()))
                .map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toSet());
        List<X509Certificate> path = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            if (anchors.stream().anyMatch(anchor -> anchor.getTrustedCert().equals(certificate))) {
                break;
            }
            path.add(certificate);
        }
        if (path.isEmpty()) {
            return;
        }
        if (anchors.isEmpty()) {
            throw new GeneralSecurityException("no root certificate holds now");
        }
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(now);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    }
}
