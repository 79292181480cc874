package io.longshore.registry.access.account;

import io.longshore.registry.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A secret that the registry makes up and shows once: {@code lsr_} (of a robot) or {@code lsp_} (a personal access
 * token), 12 characters by which its row is found, 43 that nobody can guess, and 6 of a checksum over all of these, so
 * that scanners for leaked secrets can tell it from noise. Letters and digits only: a double click selects all of it.
 * Prints no secret.
 *
 * <p>Kept as its SHA-256. Slow hashes are for passwords, which people choose and others guess; these have 256 random
 * bits, of which nobody gets through any part worth mentioning, so that a fast hash keeps them as well, and logins
 * cheap.
 */
final class AccessKey {
    /** What it is a secret of. */
    enum Kind {
        ROBOT("lsr_"),
        TOKEN("lsp_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int PREFIX = 4;
    private static final int ID = 12;
    /** log2(62^43) is 256.03. */
    private static final int RANDOM = 43;
    private static final int CHECKSUM = 6;
    private static final Pattern GRAMMAR =
            Pattern.compile("ls[rp]_[0-9A-Za-z]{%d}".formatted(ID + RANDOM + CHECKSUM));

    private final String text;

    private AccessKey(String text) {
        this.text = text;
    }

    /** @param random one whose numbers cannot be foreseen */
    static AccessKey make(Kind kind, RandomGenerator random) {
        StringBuilder text = new StringBuilder(kind.prefix);
        for (int i = 0; i < ID + RANDOM; i++) {
            text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new AccessKey(text.append(checksum(text.toString())).toString());
    }

    /** Empty for all that cannot be one of this kind: the database need not be asked about it. */
    static Optional<AccessKey> parse(Kind kind, Secret secret) {
        String text = secret.reveal();
        boolean valid = text.startsWith(kind.prefix)
                && GRAMMAR.matcher(text).matches()
                && text.endsWith(checksum(text.substring(0, text.length() - CHECKSUM)));
        return valid ? Optional.of(new AccessKey(text)) : Optional.empty();
    }

    /** By which it is found; no secret. */
    String id() {
        return text.substring(PREFIX, PREFIX + ID);
    }

    Secret secret() {
        return Secret.of(text);
    }

    /** What is kept of it. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether this is what was kept, in a time that does not tell how much of it fits. */
    boolean hasHash(byte[] kept) {
        return MessageDigest.isEqual(hash(), kept);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        StringBuilder digits = new StringBuilder();
        long rest = crc.getValue();
        for (int i = 0; i < CHECKSUM; i++) {
            digits.insert(0, DIGITS.charAt((int) (rest % DIGITS.length())));
            rest /= DIGITS.length();
        }
        return digits.toString();
    }

    @Override
    public String toString() {
        return text.substring(0, PREFIX) + id() + "***";
    }
}
