package io.longshore.registry.notification.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are trusted. */
public final class TrustedAuthorities {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----([^-]++)-----END CERTIFICATE-----");

    private TrustedAuthorities() {}

    /**
     * Whether these are certificates in PEM.
     *
     * @throws IllegalArgumentException if there is none, or one that is none
     */
    public static void check(String pem) {
        certificates(pem);
    }

    /**
     * A context that trusts the certificates in PEM and no others, or without any those that the JVM trusts.
     *
     * @throws IllegalArgumentException if there are none
     */
    static SSLContext context(Optional<String> pem) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(pem.isPresent() ? store(certificates(pem.get())) : null);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JVM cannot speak TLS", e);
        }
    }

    private static KeyStore store(List<Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("authority" + store.size(), certificate);
        }
        return store;
    }

    private static List<Certificate> certificates(String pem) {
        List<Certificate> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            certificates.add(certificate(block.group(1)));
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("expected certificates in PEM");
        }
        return certificates;
    }

    private static Certificate certificate(String base64) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("expected certificates in PEM", e);
        }
    }
}
