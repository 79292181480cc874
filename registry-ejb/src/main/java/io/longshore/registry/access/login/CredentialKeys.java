package io.longshore.registry.access.login;

import io.longshore.registry.access.Credentials;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names for credentials, to remember them by: whoever reads the memory of this process later finds names, and cannot try
 * passwords on them without the key, which is in it as well but nowhere else. Thread-safe.
 */
final class CredentialKeys {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    CredentialKeys() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    /**
     * Different for different credentials, and for passwords that come from different networks: those who guess
     * elsewhere must not learn from what is remembered which guess is right. Certificates are not guessed.
     */
    String of(Credentials credentials, String address) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(bytes(credentials, address)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static byte[] bytes(Credentials credentials, String address) throws CertificateEncodingException {
        if (credentials instanceof Credentials.Certificate shown) {
            return shown.certificate().getEncoded();
        }
        Credentials.Password shown = (Credentials.Password) credentials;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(shown.user().getBytes(StandardCharsets.UTF_8));
        bytes.write(0); // in no name
        bytes.writeBytes(Network.of(address).getBytes(StandardCharsets.UTF_8));
        bytes.write(0); // in no address
        bytes.writeBytes(shown.password().reveal().getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
