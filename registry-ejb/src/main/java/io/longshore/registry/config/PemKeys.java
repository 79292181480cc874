package io.longshore.registry.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys in PEM. What is thrown shows nothing of them. */
final class PemKeys {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]++)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = {};

    private PemKeys() {}

    /** @throws IllegalArgumentException if there is none, or one that is none */
    static List<X509Certificate> certificates(String pem) {
        try {
            List<X509Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .stream().map(X509Certificate.class::cast).toList();
            Types.require(!certificates.isEmpty(), "expected certificates in PEM");
            return certificates;
        } catch (CertificateException e) {
            throw new IllegalArgumentException("expected certificates in PEM", e);
        }
    }

    /**
     * A store with one entry, without a password.
     *
     * @param chain the certificate of the key comes first
     * @throws IllegalArgumentException if they are none, or do not belong together
     */
    static KeyStore store(String chain, Secret key) {
        List<X509Certificate> certificates = certificates(chain);
        Matcher block = KEY.matcher(key.reveal());
        Types.require(block.find(), "expected a key in PEM, as PKCS#8 (BEGIN PRIVATE KEY), without a password");
        try {
            PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1)));
            PrivateKey secret = KeyFactory.getInstance(certificates.get(0).getPublicKey().getAlgorithm())
                    .generatePrivate(encoded);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", secret, NO_PASSWORD, certificates.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            // Without its cause, which might show a part.
            throw new IllegalArgumentException("expected the key of the certificate");
        }
    }
}
