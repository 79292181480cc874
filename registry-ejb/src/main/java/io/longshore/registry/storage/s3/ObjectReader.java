package io.longshore.registry.storage.s3;

import io.longshore.registry.storage.StorageUnavailableException;
import io.longshore.registry.storage.object.Transfers;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Reads one object onwards, over as many requests as it takes: where the connection breaks, the next one goes on, as
 * long as the object is still the same. Not thread-safe.
 */
final class ObjectReader implements Closeable {
    private static final int TRIES = 4;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    /** The first byte and the size of the whole. */
    private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]+/([0-9]{1,18})");

    private final Bucket bucket;
    private final String key;
    private final String etag;
    private final long sizeBytes;
    private long position;
    /** What comes from {@link #position} on; null until it is asked for. */
    private ResponseInputStream<GetObjectResponse> body;

    private ObjectReader(Bucket bucket, String key, String etag, long sizeBytes, long position) {
        this.bucket = bucket;
        this.key = key;
        this.etag = etag;
        this.sizeBytes = sizeBytes;
        this.position = position;
    }

    /**
     * Asks for the bytes from {@code position} on. The caller closes the reader.
     *
     * @throws NoObjectException if there is no such object
     */
    static ObjectReader open(Bucket bucket, String key, long position) throws IOException {
        ResponseInputStream<GetObjectResponse> body;
        try {
            body = bucket.get(key, position, Optional.empty());
        } catch (IOException e) {
            if (Failures.status(e) != RANGE_NOT_SATISFIABLE) {
                throw e;
            }
            HeadObjectResponse head = bucket.head(key);
            return new ObjectReader(bucket, key, head.eTag(), Bucket.sizeOf(key, head.contentLength()), position);
        }
        boolean done = false;
        try {
            GetObjectResponse head = body.response();
            ObjectReader reader = new ObjectReader(bucket, key, head.eTag(), sizeOf(key, head, position), position);
            reader.body = body;
            done = true;
            return reader;
        } finally {
            if (!done) {
                body.abort();
            }
        }
    }

    private static long sizeOf(String key, GetObjectResponse head, long position) throws IOException {
        if (position == 0) {
            return Bucket.sizeOf(key, head.contentLength());
        }
        Matcher range = RANGE.matcher(String.valueOf(head.contentRange()));
        if (!range.matches() || !range.group(1).equals(Long.toString(position))) {
            throw new IOException("the store does not give parts of objects, but of " + key + " the range "
                    + head.contentRange());
        }
        return Long.parseLong(range.group(2));
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** Goes on reading elsewhere. */
    void seek(long newPosition) {
        if (newPosition != position) {
            release();
            position = newPosition;
        }
    }

    /**
     * Reads at least one byte unless the object ends here or there is no room.
     *
     * @return the number of bytes read, or -1 at the end or behind it
     * @throws NoObjectException if the object is gone or another one, and had to be asked for again
     */
    int read(ByteBuffer target) throws IOException {
        if (position >= sizeBytes) {
            return -1;
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        for (int tries = 1; ; tries++) {
            if (body == null) {
                body = bucket.get(key, position, Optional.ofNullable(etag));
            }
            try {
                return advance(Transfers.read(body, target, sizeBytes - position));
            } catch (SdkException e) {
                release();
                throw Failures.of("GET " + key, e);
            } catch (IOException e) {
                release();
                if (tries == TRIES) {
                    throw new StorageUnavailableException("GET " + key + ": the connection broke again and again", e);
                }
            }
        }
    }

    private int advance(int read) throws IOException {
        if (read < 0) {
            throw new EOFException("the answer ended at byte " + position + " of " + sizeBytes);
        }
        position += read;
        if (position == sizeBytes) {
            end();
        }
        return read;
    }

    /** Leaves the connection to the next request. */
    private void end() {
        try {
            body.close();
            body = null;
        } catch (IOException e) {
            release();
        }
    }

    /** Drops the connection: to read the rest of a large object only to throw it away would take longer. */
    private void release() {
        if (body != null) {
            body.abort();
            body = null;
        }
    }

    @Override
    public void close() {
        release();
    }
}
