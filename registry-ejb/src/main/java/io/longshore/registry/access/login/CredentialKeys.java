package io.longshore.registry.access.login;

import io.longshore.registry.access.Credentials;
import io.longshore.registry.config.Secret;
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
     * Different for different names, passwords and networks that they come from: those who guess elsewhere must not
     * learn from what is remembered which guess is right.
     */
    String ofPassword(Credentials.Password shown, String address) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(shown.user().getBytes(StandardCharsets.UTF_8));
        bytes.write(0); // in no name
        bytes.writeBytes(Network.of(address).getBytes(StandardCharsets.UTF_8));
        bytes.write(0); // in no address
        bytes.writeBytes(shown.password().reveal().getBytes(StandardCharsets.UTF_8));
        return named(bytes.toByteArray());
    }

    /** @param secret one that nobody can guess, and that says itself whose it is */
    String ofSecret(Secret secret) {
        return named(secret.reveal().getBytes(StandardCharsets.UTF_8));
    }

    String ofCertificate(Credentials.Certificate shown) {
        try {
            return named(shown.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("the server has read it", e);
        }
    }

    private String named(byte[] credentials) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(credentials));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
