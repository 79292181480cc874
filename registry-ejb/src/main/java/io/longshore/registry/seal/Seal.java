package io.longshore.registry.seal;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.util.Base64URL;
import io.longshore.registry.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts texts with AES-256-GCM (JWE, RFC 7516) under a key that is derived from a secret in the configuration. Without
 * a secret it writes them as they are. Thread-safe.
 */
public final class Seal {
    private static final String HMAC = "HmacSHA256";
    private static final int HASH_BYTES = 32;
    private static final int ID_BYTES = 9;

    private final Optional<SecretKey> key;
    private final Optional<String> secretId;
    private final String contentType;

    private Seal(Optional<SecretKey> key, Optional<String> secretId, String contentType) {
        this.key = key;
        this.secretId = secretId;
        this.contentType = contentType;
    }

    /**
     * @param purpose keys for different purposes have nothing in common
     * @param contentType what the texts are, such as {@code jwk+json}
     */
    public static Seal of(Optional<Secret> secret, String purpose, String contentType) {
        Optional<byte[]> bytes = secret.map(text -> text.reveal().getBytes(StandardCharsets.UTF_8));
        return new Seal(
                bytes.map(text -> new SecretKeySpec(derived(text, purpose), "AES")),
                bytes.map(text -> id(derived(text, purpose + " id"))),
                contentType);
    }

    private static String id(byte[] hash) {
        return Base64URL.encode(Arrays.copyOf(hash, ID_BYTES)).toString();
    }

    /** HKDF (RFC 5869) with SHA-256, without a salt, of as many bytes as a hash has. */
    static byte[] derived(byte[] secret, String info) {
        byte[] extracted = hmac(new byte[HASH_BYTES], secret);
        byte[] block = Arrays.copyOf(info.getBytes(StandardCharsets.UTF_8), info.length() + 1);
        block[info.length()] = 1;
        return hmac(extracted, block);
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    /** Names the secret and tells nothing of it; empty if there is none. */
    public Optional<String> secretId() {
        return secretId;
    }

    /** What to write of a text. */
    public String close(String text) {
        if (key.isEmpty()) {
            return text;
        }
        JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                .keyID(secretId.orElseThrow())
                .contentType(contentType)
                .build();
        JWEObject sealed = new JWEObject(header, new Payload(text));
        try {
            sealed.encrypt(new DirectEncrypter(key.get()));
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
        return sealed.serialize();
    }

    /**
     * The text of what was written.
     *
     * @throws GeneralSecurityException if it was written with another secret, or is not what was written
     */
    public String open(String written) throws GeneralSecurityException {
        if (key.isEmpty()) {
            return written;
        }
        try {
            JWEObject sealed = JWEObject.parse(written);
            sealed.decrypt(new DirectDecrypter(key.get()));
            return sealed.getPayload().toString();
        } catch (JOSEException | ParseException e) {
            throw new GeneralSecurityException("it cannot be read");
        }
    }
}
