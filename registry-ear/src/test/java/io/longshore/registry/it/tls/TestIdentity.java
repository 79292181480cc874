package io.longshore.registry.it.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A key and its certificate.
 *
 * @param issuer the certificate of the authority
 */
public record TestIdentity(KeyPair keys, X509Certificate certificate, X509Certificate issuer) {
    private static final char[] PASSWORD = "secret".toCharArray();

    /** The file names of a server's certificate, chain and key in a folder. */
    public static final String CERTIFICATE = "tls.crt";
    public static final String KEY = "tls.key";

    /** Writes certificate and key, each file in one move, the certificate first. */
    public TestIdentity writeTo(Path folder) {
        write(folder.resolve(CERTIFICATE), pem(certificate, issuer));
        write(folder.resolve(KEY), pkcs8());
        return this;
    }

    /** The variables of a server that has the files of this folder. */
    public static Map<String, String> environment(Path folder) {
        return Map.of(
                "REGISTRY_HTTP_TLS_CERTIFICATE", folder.resolve(CERTIFICATE).toString(),
                "REGISTRY_HTTP_TLS_KEY", folder.resolve(KEY).toString());
    }

    public String pkcs8() {
        return pem(new PemObject("PRIVATE KEY", keys.getPrivate().getEncoded()));
    }

    /** PKCS#1 or SEC 1, as OpenSSL writes them. */
    public String traditional() {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
            if (keys.getPrivate() instanceof RSAPrivateKey) {
                return pem(new PemObject("RSA PRIVATE KEY", info.parsePrivateKey().toASN1Primitive().getEncoded()));
            }
            ECPrivateKey bare = ECPrivateKey.getInstance(info.parsePrivateKey());
            ASN1BitString point = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()).getPublicKeyData();
            int bits = ((java.security.interfaces.ECPrivateKey) keys.getPrivate()).getParams().getOrder().bitLength();
            return pem(new PemObject("EC PRIVATE KEY", new ECPrivateKey(bits, bare.getKey(), point,
                    info.getPrivateKeyAlgorithm().getParameters()).getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String pem(X509Certificate... certificates) {
        StringBuilder all = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            all.append(pem(new PemObject("CERTIFICATE", encoded(certificate))));
        }
        return all.toString();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(PemObjectGenerator content) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Replaces a file in one move. */
    public static Path write(Path file, String content) {
        try {
            Path part = Files.writeString(file.resolveSibling(file.getFileName() + ".part"), content);
            return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client that trusts this authority and shows nothing. */
    public static SSLContext trusting(X509Certificate authority) {
        return context(null, authority);
    }

    /** A client that shows this certificate to whoever asks for one, and trusts that authority. */
    public SSLContext shownTo(X509Certificate authority) {
        try {
            KeyStore own = empty();
            own.setKeyEntry("own", keys.getPrivate(), PASSWORD, new X509Certificate[] {certificate, issuer});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(own, PASSWORD);
            KeyManager shown = new ShownToAll((X509ExtendedKeyManager) factory.getKeyManagers()[0]);
            return context(new KeyManager[] {shown}, authority);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(KeyManager[] shown, X509Certificate authority) {
        try {
            KeyStore anchors = empty();
            anchors.setCertificateEntry("authority", authority);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
