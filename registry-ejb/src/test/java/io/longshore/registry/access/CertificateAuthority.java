package io.longshore.registry.access;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates for tests, valid for an hour around now. */
public final class CertificateAuthority {
    private static final X500Name NAME = new X500Name("CN=Authority of a test");

    private final KeyPair keys = keys();
    private final X509Certificate certificate;

    public CertificateAuthority() {
        certificate = sign(NAME, keys, true);
    }

    /** A certificate, its key, and who issued it. */
    public record Issued(X509Certificate certificate, PrivateKey key, X509Certificate issuer) {

        /** The certificate in PEM. */
        public String certificatePem() {
            return pem(certificate);
        }

        /** The key in PEM, as PKCS#8. */
        public String keyPem() {
            String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
        }

        /** For a server that shows this certificate. */
        public SSLContext serverContext() {
            return serverContext(null);
        }

        /** As {@link #serverContext()}, and it believes clients whom these say. */
        public SSLContext serverContext(TrustManager[] clients) {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry("server", key, new char[0], new Certificate[] {certificate, issuer});
                KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                managers.init(store, new char[0]);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(managers.getKeyManagers(), clients, null);
                return context;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** {@code subject} is a DN, perhaps an empty one. */
    public Issued issue(String subject, GeneralName... alternatives) {
        KeyPair pair = keys();
        return new Issued(sign(new X500Name(subject), pair, false, alternatives), pair.getPrivate(), certificate);
    }

    /** Writes its own certificate, in PEM. */
    public Path write(Path file) throws IOException {
        return Files.writeString(file, pem());
    }

    /** Its own certificate, in PEM. */
    public String pem() {
        return pem(certificate);
    }

    /** Believes whom it has issued a certificate. */
    public TrustManager[] trust() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", certificate);
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            return managers.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(X509Certificate certificate) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private X509Certificate sign(X500Name subject, KeyPair pair, boolean authority, GeneralName... alternatives) {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                NAME, new BigInteger(64, new SecureRandom()),
                Date.from(now.minus(30, ChronoUnit.MINUTES)), Date.from(now.plus(30, ChronoUnit.MINUTES)),
                subject, pair.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (alternatives.length > 0) {
                boolean critical = subject.getRDNs().length == 0;
                builder.addExtension(Extension.subjectAlternativeName, critical, new GeneralNames(alternatives));
            }
            return new JcaX509CertificateConverter().getCertificate(
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
