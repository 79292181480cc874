package io.longshore.registry.access.token;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import io.longshore.registry.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps private keys from those who can read the database: encrypts them with AES-256-GCM under a key that is derived
 * from a secret in the configuration. Without a secret it writes them as they are. Thread-safe.
 */
final class KeySeal {
    private static final String HMAC = "HmacSHA256";
    private static final int HASH_BYTES = 32;
    private static final int ID_BYTES = 9;

    private final Optional<SecretKey> key;
    private final Optional<String> secretId;

    private KeySeal(Optional<SecretKey> key, Optional<String> secretId) {
        this.key = key;
        this.secretId = secretId;
    }

    static KeySeal of(Optional<Secret> secret) {
        Optional<byte[]> bytes = secret.map(text -> text.reveal().getBytes(StandardCharsets.UTF_8));
        return new KeySeal(
                bytes.map(text -> new SecretKeySpec(derived(text, "longshore signing key"), "AES")),
                bytes.map(text -> id(derived(text, "longshore signing key id"))));
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
    Optional<String> secretId() {
        return secretId;
    }

    /** What to write of a key pair. */
    String close(ECKey pair) {
        if (key.isEmpty()) {
            return pair.toJSONString();
        }
        JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                .keyID(secretId.orElseThrow())
                .contentType("jwk+json")
                .build();
        JWEObject sealed = new JWEObject(header, new Payload(pair.toJSONString()));
        try {
            sealed.encrypt(new DirectEncrypter(key.get()));
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
        return sealed.serialize();
    }

    /**
     * The key pair of what was written.
     *
     * @param kid the thumbprint that its public key has to have
     * @throws GeneralSecurityException if it was written with another secret, or is not what was written
     */
    ECKey open(String text, String kid) throws GeneralSecurityException {
        try {
            ECKey pair = ECKey.parse(key.isEmpty() ? text : decrypted(text, key.get()));
            byte[] thumbprint = pair.computeThumbprint().toString().getBytes(StandardCharsets.US_ASCII);
            if (!pair.isPrivate() || !MessageDigest.isEqual(thumbprint, kid.getBytes(StandardCharsets.US_ASCII))) {
                throw new GeneralSecurityException("it is the pair of another key");
            }
            return pair;
        } catch (JOSEException | ParseException e) {
            // Of a key that is written as it is, the cause might say a part.
            throw new GeneralSecurityException("it cannot be read");
        }
    }

    private static String decrypted(String text, SecretKey key) throws ParseException, JOSEException {
        JWEObject sealed = JWEObject.parse(text);
        sealed.decrypt(new DirectDecrypter(key));
        return sealed.getPayload().toString();
    }
}
