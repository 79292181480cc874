package io.longshore.registry.launcher.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/**
 * Who the server is: a certificate that holds at the time of reading, and the private key that belongs to it.
 *
 * @param chain the server's own certificate first
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {
    private static final int PROBE_BYTES = 32;

    /** @throws TlsException if the two do not belong together, or the certificate does not hold now */
    static Identity of(PemFile certificate, PemFile key, Instant now) throws TlsException {
        List<X509Certificate> chain = certificate.certificates();
        requireValid(chain.get(0), certificate, now);
        PublicKey publicKey = chain.get(0).getPublicKey();
        try {
            PrivateKey privateKey = KeyFactory.getInstance(publicKey.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(key.privateKey()));
            if (belong(publicKey, privateKey)) {
                return new Identity(List.copyOf(chain), privateKey);
            }
            throw new TlsException(apart(certificate, key));
        } catch (GeneralSecurityException e) {
            throw new TlsException(
                    apart(certificate, key) + ", or is one that this JDK cannot use: " + e.getMessage(), e);
        }
    }

    private static String apart(PemFile certificate, PemFile key) {
        return "the key in " + key.path() + " does not belong to the first certificate in " + certificate.path();
    }

    private static void requireValid(X509Certificate own, PemFile from, Instant now) throws TlsException {
        try {
            own.checkValidity(Date.from(now));
        } catch (CertificateExpiredException e) {
            throw new TlsException("the certificate in " + from.path() + " expired at "
                    + own.getNotAfter().toInstant(), e);
        } catch (CertificateNotYetValidException e) {
            throw new TlsException("the certificate in " + from.path() + " is valid only from "
                    + own.getNotBefore().toInstant(), e);
        }
    }

    /** Whether what the one signs satisfies the other. */
    private static boolean belong(PublicKey publicKey, PrivateKey privateKey) throws GeneralSecurityException {
        byte[] probe = new byte[PROBE_BYTES];
        new SecureRandom().nextBytes(probe);
        Signature signature = signature(publicKey.getAlgorithm());
        signature.initSign(privateKey);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(probe);
        try {
            return signature.verify(signed);
        } catch (SignatureException e) {
            // Of another length, for instance.
            return false;
        }
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case "RSA" -> Signature.getInstance("SHA256withRSA");
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            case "RSASSA-PSS" -> {
                Signature pss = Signature.getInstance(algorithm);
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield pss;
            }
            default -> Signature.getInstance(algorithm);
        };
    }

    /** The server's own certificate. */
    X509Certificate certificate() {
        return chain.get(0);
    }

    /** Does not show the key. */
    @Override
    public String toString() {
        return "certificate " + certificate().getSerialNumber().toString(16) + " of "
                + certificate().getSubjectX500Principal() + ", valid until " + certificate().getNotAfter().toInstant();
    }
}
