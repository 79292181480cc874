package io.longshore.registry.storage.contract;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes to store. Immutable. */
public final class Content {
    private static final AtomicLong STREAMS = new AtomicLong();

    private final byte[] bytes;

    private Content(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Content that no other call gives, unless it is a few bytes long. */
    public static Content random(int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        Randomness.random(STREAMS.incrementAndGet()).nextBytes(bytes);
        return new Content(bytes);
    }

    public static Content of(String text) {
        return new Content(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes from {@code from} inclusive to {@code to} exclusive. */
    public Content part(int from, int to) {
        return new Content(Arrays.copyOfRange(bytes, from, to));
    }

    public Content then(Content next) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + next.bytes.length);
        System.arraycopy(next.bytes, 0, joined, bytes.length, next.bytes.length);
        return new Content(joined);
    }

    public int sizeBytes() {
        return bytes.length;
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** A fresh read-only heap buffer over all of it. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** Its SHA-256 digest. */
    public Digest digest() {
        return digest(DigestAlgorithm.SHA256);
    }

    public Digest digest(DigestAlgorithm algorithm) {
        return Digest.of(algorithm, bytes);
    }
}
