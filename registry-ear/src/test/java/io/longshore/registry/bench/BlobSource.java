package io.longshore.registry.bench;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/**
 * Makes any number of different blobs of one size from one stretch of random bytes. Only the last bytes differ, and
 * the digest of what comes before is computed once, so that a new blob costs next to nothing. Thread-safe.
 */
final class BlobSource {

    private static final int END_BYTES = 16;
    private static final int CHUNK_BYTES = 32 * 1024;

    private final int size;
    private final ByteBuffer beginning;
    private final ByteBuffer framed;
    private final MessageDigest digest;

    BlobSource(int size, long seed) {
        byte[] bytes = new byte[size - END_BYTES];
        new Random(seed).nextBytes(bytes);
        this.size = size;
        this.beginning = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        this.framed = frame(bytes);
        this.digest = sha256();
        digest.update(bytes);
    }

    /** The blob with this number: always the same bytes. */
    Blob blob(long number) {
        byte[] end = ByteBuffer.allocate(END_BYTES).putLong(size).putLong(number).array();
        MessageDigest all = copyOfDigest();
        all.update(end);
        return new Blob(text(all), size, beginning, framed, end);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    static String text(MessageDigest digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private MessageDigest copyOfDigest() {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the JDK can be cloned", e);
        }
    }

    private static ByteBuffer frame(byte[] bytes) {
        int chunks = (bytes.length + CHUNK_BYTES - 1) / CHUNK_BYTES;
        ByteBuffer framed = ByteBuffer.allocateDirect(bytes.length + chunks * 16);
        for (int at = 0; at < bytes.length; at += CHUNK_BYTES) {
            int length = Math.min(CHUNK_BYTES, bytes.length - at);
            framed.put(Blob.ascii(Integer.toHexString(length) + "\r\n"));
            framed.put(bytes, at, length).put(Blob.ascii("\r\n"));
        }
        return framed.flip();
    }
}
