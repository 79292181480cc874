package io.longshore.registry.client.http;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** A certificate and its key, by which a client shows a server who it is. Prints without the key. Immutable. */
public final class ClientIdentity {
    private static final char[] NO_PASSWORD = {};

    private final String name;
    private final List<KeyManager> keys;

    private ClientIdentity(String name, List<KeyManager> keys) {
        this.name = name;
        this.keys = keys;
    }

    /**
     * From files in PEM, which may be one and the same.
     *
     * @param certificates the client's own first, then those of whoever issued it
     * @param key in PKCS#8 ({@code -----BEGIN PRIVATE KEY-----}), without a password
     * @throws IOException if one cannot be read or understood, or they do not belong together
     */
    public static ClientIdentity of(Path certificates, Path key) throws IOException {
        List<X509Certificate> chain = PemFile.read(certificates).certificates();
        PublicKey certified = chain.get(0).getPublicKey();
        PrivateKey secret = PemFile.read(key).privateKey(certified);
        try {
            if (!belong(secret, certified)) {
                throw new IOException("the key in " + key + " is not that of the certificate in " + certificates);
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", secret, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            return new ClientIdentity(chain.get(0).getSubjectX500Principal().getName(), keys(store, NO_PASSWORD));
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate in " + certificates + " and the key in " + key
                    + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static boolean belong(PrivateKey secret, PublicKey certified) throws GeneralSecurityException {
        byte[] sample = {1};
        Signature signature = Signature.getInstance(switch (certified.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> certified.getAlgorithm();
        });
        signature.initSign(secret);
        signature.update(sample);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(sample);
        return signature.verify(signed);
    }

    /**
     * All keys of a store, of which a server gets one that it takes.
     *
     * @param password of the keys; not kept
     * @throws GeneralSecurityException if a key cannot be read with it
     */
    public static ClientIdentity of(KeyStore store, char[] password) throws GeneralSecurityException {
        return new ClientIdentity(String.join(", ", Collections.list(store.aliases())), keys(store, password));
    }

    private static List<KeyManager> keys(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        return List.of(managers.getKeyManagers());
    }

    KeyManager[] keys() {
        return keys.toArray(KeyManager[]::new);
    }

    @Override
    public String toString() {
        return "client certificate " + name;
    }
}
