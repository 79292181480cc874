package io.longshore.registry.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest algorithms that this registry computes; the OCI image specification registers more. */
public enum DigestAlgorithm {
    SHA256("sha256", "SHA-256", 32),
    SHA512("sha512", "SHA-512", 64);

    private final String id;
    private final String jdkName;
    private final int sizeBytes;

    DigestAlgorithm(String id, String jdkName, int sizeBytes) {
        this.id = id;
        this.jdkName = jdkName;
        this.sizeBytes = sizeBytes;
    }

    /** The name as it stands before the colon of a digest. */
    public String id() {
        return id;
    }

    /** The length of a hash in bytes. */
    public int sizeBytes() {
        return sizeBytes;
    }

    /** A fresh hash computation; not thread-safe, as all of them. */
    public MessageDigest newMessageDigest() {
        try {
            return MessageDigest.getInstance(jdkName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + jdkName, e);
        }
    }

    /**
     * The algorithm with this name.
     *
     * @throws RegistryException.Invalid {@link ErrorCode#DIGEST_INVALID} if it is none that this registry knows
     */
    public static DigestAlgorithm parse(String id) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.id.equals(id)) {
                return algorithm;
            }
        }
        throw new RegistryException.Invalid(
                ErrorCode.DIGEST_INVALID, "unsupported digest algorithm: use sha256 or sha512", Quoted.of(id));
    }
}
