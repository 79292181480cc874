package io.longshore.registry.access.account;

import io.longshore.registry.config.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes passwords by PBKDF2, in the form of Jakarta Security's {@code Pbkdf2PasswordHash}:
 * {@code PBKDF2WithHmacSHA256:iterations:salt:hash}, the last two in Base64. Takes a tenth of a second and more, on
 * purpose. Thread-safe.
 */
public final class PasswordHash {
    /** OWASP Password Storage Cheat Sheet, for PBKDF2-HMAC-SHA256. */
    public static final int ITERATIONS = 600_000;

    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final int SALT_BYTES = 32;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("(PBKDF2WithHmacSHA(?:224|256|384|512)):([0-9]{1,8}):([0-9A-Za-z+/=]+):([0-9A-Za-z+/=]+)");

    private final int iterations;
    private final SecureRandom random = new SecureRandom();
    private final String ofNobody;

    /** @param iterations how often a hash of a new password is hashed again */
    public PasswordHash(int iterations) {
        this.iterations = iterations;
        this.ofNobody = written(new byte[SALT_BYTES], new byte[HASH_BYTES]);
    }

    /** What is to be kept of a password: something else each time. */
    String hash(Secret password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return written(salt, derived(ALGORITHM, password, salt, iterations, HASH_BYTES));
    }

    /**
     * Whether this password was kept so.
     *
     * @throws IllegalArgumentException if {@code kept} is no hash
     */
    boolean verify(Secret password, String kept) {
        Matcher form = FORM.matcher(kept);
        if (!form.matches()) {
            throw new IllegalArgumentException("expected algorithm:iterations:salt:hash");
        }
        byte[] salt = Base64.getDecoder().decode(form.group(3));
        byte[] hash = Base64.getDecoder().decode(form.group(4));
        int times = Integer.parseInt(form.group(2));
        return MessageDigest.isEqual(hash, derived(form.group(1), password, salt, times, hash.length));
    }

    /** Takes as long as {@link #verify} does, so that time does not tell which users there are. Always false. */
    boolean verifyNobody(Secret password) {
        return verify(password, ofNobody);
    }

    private String written(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder();
        return ALGORITHM + ':' + iterations + ':' + base64.encodeToString(salt) + ':' + base64.encodeToString(hash);
    }

    private static byte[] derived(String algorithm, Secret password, byte[] salt, int iterations, int bytes) {
        PBEKeySpec spec = new PBEKeySpec(password.reveal().toCharArray(), salt, iterations, bytes * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        } finally {
            spec.clearPassword();
        }
    }
}
