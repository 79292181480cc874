package io.longshore.registry.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The identity of content: an algorithm and the hash it gives. Immutable.
 *
 * <p>OCI image-spec, Descriptors, "Digests": only lower-case hexadecimal of the exact length is a digest.
 */
public final class Digest implements Reference {
    private static final HexFormat HEX = HexFormat.of();

    private final DigestAlgorithm algorithm;
    private final byte[] hash;

    private Digest(DigestAlgorithm algorithm, byte[] hash) {
        this.algorithm = algorithm;
        this.hash = hash;
    }

    /**
     * Parses {@code algorithm:hex}.
     *
     * @throws RegistryException.Invalid {@link ErrorCode#DIGEST_INVALID}
     */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw invalid("a digest is written algorithm:hex", text);
        }
        DigestAlgorithm algorithm = DigestAlgorithm.parse(text.substring(0, colon));
        if (text.length() - colon - 1 != algorithm.sizeBytes() * 2 || !isLowerHex(text, colon + 1)) {
            throw invalid(
                    "a " + algorithm.id() + " digest has " + algorithm.sizeBytes() * 2
                            + " lower-case hexadecimal digits",
                    text);
        }
        return new Digest(algorithm, HEX.parseHex(text, colon + 1, text.length()));
    }

    private static boolean isLowerHex(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static RegistryException invalid(String message, String text) {
        return new RegistryException.Invalid(ErrorCode.DIGEST_INVALID, message, Quoted.of(text));
    }

    /** Finishes a computation: the digest of all that {@code hashed} was fed. Resets it. */
    public static Digest of(DigestAlgorithm algorithm, MessageDigest hashed) {
        return new Digest(algorithm, hashed.digest());
    }

    /** The digest of these bytes. */
    public static Digest of(DigestAlgorithm algorithm, byte[] content) {
        return new Digest(algorithm, algorithm.newMessageDigest().digest(content));
    }

    /** The digest with this hash, whose length must be the algorithm's. */
    public static Digest ofHash(DigestAlgorithm algorithm, byte[] hash) {
        if (hash.length != algorithm.sizeBytes()) {
            throw new IllegalArgumentException("a " + algorithm.id() + " hash has " + algorithm.sizeBytes() + " bytes");
        }
        return new Digest(algorithm, hash.clone());
    }

    public DigestAlgorithm algorithm() {
        return algorithm;
    }

    /** A copy of the hash. */
    public byte[] hash() {
        return hash.clone();
    }

    /** The hash in lower-case hexadecimal, without the algorithm. */
    public String hex() {
        return HEX.formatHex(hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && algorithm == that.algorithm && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return ByteBuffer.wrap(hash).getInt();
    }

    /** {@code algorithm:hex}. */
    @Override
    public String toString() {
        return algorithm.id() + ':' + hex();
    }
}
