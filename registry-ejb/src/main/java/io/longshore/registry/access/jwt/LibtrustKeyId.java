package io.longshore.registry.access.jwt;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;

/**
 * The id that Docker's library libtrust gives to a key, such as {@code PYYO:TEWU:V7JH:26JV:…}: the first 240 bits of
 * the SHA-256 of its X.509 form, in Base32, in groups of four. Releases of distribution before 3 know keys by it, and
 * token services that were made for them still write it.
 */
final class LibtrustKeyId {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int LETTERS = 48;

    private LibtrustKeyId() {}

    static String of(PublicKey key) {
        byte[] hash = sha256(key.getEncoded());
        StringBuilder id = new StringBuilder();
        for (int letter = 0; letter < LETTERS; letter++) {
            if (letter > 0 && letter % 4 == 0) {
                id.append(':');
            }
            id.append(BASE32.charAt(fiveBits(hash, letter * 5)));
        }
        return id.toString();
    }

    private static int fiveBits(byte[] bytes, int from) {
        int pair = (bytes[from / 8] & 0xFF) << 8 | bytes[from / 8 + 1] & 0xFF;
        return pair >> 11 - from % 8 & 0x1F;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
