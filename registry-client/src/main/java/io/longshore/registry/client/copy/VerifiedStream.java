package io.longshore.registry.client.copy;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Content of a place that does not vouch for it: fails at its end if it is not what the descriptor says. Not thread-safe.
 */
public final class VerifiedStream extends FilterInputStream {
    private final Descriptor expected;
    private final MessageDigest hash;
    private long sizeBytes;
    private Optional<Digest> actual = Optional.empty();

    /** @param in closed with this */
    public VerifiedStream(InputStream in, Descriptor expected) {
        super(in);
        this.expected = expected;
        this.hash = expected.digest().algorithm().newMessageDigest();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (count > 0) {
            hash.update(bytes, offset, count);
            sizeBytes += count;
        }
        if (sizeBytes > expected.sizeBytes()) {
            throw new IOException("the content has more than the " + expected.sizeBytes() + " bytes of "
                    + expected.digest());
        }
        if (count < 0) {
            verify();
        }
        return count;
    }

    /** Each time that the end is met: some who read pass over a failure once. */
    private void verify() throws IOException {
        if (actual.isEmpty()) {
            actual = Optional.of(Digest.of(expected.digest().algorithm(), hash));
        }
        if (sizeBytes != expected.sizeBytes() || !actual.get().equals(expected.digest())) {
            throw new IOException("the content is " + actual.get() + " of " + sizeBytes + " bytes in place of "
                    + expected.digest() + " of " + expected.sizeBytes());
        }
    }

    /** Nothing is passed over: all of it counts for the digest. */
    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 8192)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
