package io.longshore.registry.it.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority with a key of its own, which issues whatever a test asks for. */
public final class TestAuthority {
    private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());
    private static final Duration DAY = Duration.ofDays(1);

    private final X500Principal name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    private TestAuthority(X500Principal name, KeyPair keys, X509Certificate certificate) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
    }

    public static TestAuthority create(String commonName) {
        X500Principal name = new X500Principal("CN=" + commonName);
        KeyPair keys = ecKeys();
        return new TestAuthority(name, keys, sign(name, keys, name, keys, true, validFrom(), validUntil()));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** A certificate for {@code localhost} and 127.0.0.1, or a client of this name, valid now. */
    public TestIdentity issue(String commonName) {
        return issue(commonName, ecKeys());
    }

    public TestIdentity issue(String commonName, KeyPair subject) {
        return issue(commonName, subject, validFrom(), validUntil());
    }

    public TestIdentity issue(String commonName, KeyPair subject, Instant from, Instant until) {
        X500Principal subjectName = new X500Principal("CN=" + commonName);
        return new TestIdentity(subject, sign(name, keys, subjectName, subject, false, from, until), certificate);
    }

    /** An authority whose certificate this one has issued. */
    public TestAuthority intermediate(String commonName) {
        X500Principal subjectName = new X500Principal("CN=" + commonName);
        KeyPair subject = ecKeys();
        return new TestAuthority(
                subjectName, subject, sign(name, keys, subjectName, subject, true, validFrom(), validUntil()));
    }

    private static Instant validFrom() {
        return Instant.now().minus(DAY);
    }

    private static Instant validUntil() {
        return Instant.now().plus(DAY);
    }

    public static KeyPair ecKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param algorithm {@code RSA}, {@code Ed25519} or another whose defaults will do */
    public static KeyPair keys(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate sign(X500Principal issuer, KeyPair issuerKeys, X500Principal subject,
            KeyPair subjectKeys, boolean authority, Instant from, Instant until) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(issuer,
                    BigInteger.valueOf(SERIAL.incrementAndGet()), Date.from(from), Date.from(until), subject,
                    subjectKeys.getPublic());
            extend(builder, authority);
            return new JcaX509CertificateConverter().getCertificate(builder.build(
                    new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void extend(X509v3CertificateBuilder builder, boolean authority) throws CertIOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!authority) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            }));
        }
    }
}
