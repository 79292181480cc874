package io.longshore.registry.launcher.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Those whose certificates clients may show. Immutable and thread-safe. */
final class Authorities {
    private final List<X509Certificate> certificates;
    private final X509ExtendedTrustManager verifier;

    private Authorities(List<X509Certificate> certificates, X509ExtendedTrustManager verifier) {
        this.certificates = List.copyOf(certificates);
        this.verifier = verifier;
    }

    /** @param certificates at least one */
    static Authorities of(List<X509Certificate> certificates) throws TlsException {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            for (X509Certificate certificate : certificates) {
                anchors.setCertificateEntry(Integer.toString(anchors.size()), certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager verifier) {
                    return new Authorities(certificates, verifier);
                }
            }
            throw new TlsException("this JDK cannot verify certificates");
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("the authorities for clients cannot be used: " + e.getMessage(), e);
        }
    }

    List<X509Certificate> certificates() {
        return certificates;
    }

    X509ExtendedTrustManager verifier() {
        return verifier;
    }
}
