package io.longshore.registry.storage.s3;

import io.longshore.registry.storage.StorageUnavailableException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
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
    private static final int COPY_BYTES = 16 << 10;

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
        try {
            ResponseInputStream<GetObjectResponse> body = bucket.get(key, position, Optional.empty());
            GetObjectResponse head = body.response();
            ObjectReader reader = new ObjectReader(bucket, key, head.eTag(), sizeOf(head, position), position);
            reader.body = body;
            return reader;
        } catch (IOException e) {
            if (Failures.status(e) != RANGE_NOT_SATISFIABLE) {
                throw e;
            }
            HeadObjectResponse head = bucket.head(key);
            return new ObjectReader(bucket, key, head.eTag(), head.contentLength(), position);
        }
    }

    private static long sizeOf(GetObjectResponse head, long position) throws IOException {
        if (position == 0) {
            return head.contentLength();
        }
        String range = head.contentRange();
        if (range == null || !range.startsWith("bytes " + position + "-")) {
            throw new IOException("the store does not give parts of objects: " + range);
        }
        return Long.parseLong(range.substring(range.indexOf('/') + 1));
    }

    long sizeBytes() {
        return sizeBytes;
    }

    long position() {
        return position;
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
                return advance(readSome(target));
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

    private int readSome(ByteBuffer target) throws IOException {
        int wanted = (int) Math.min(target.remaining(), sizeBytes - position);
        if (target.hasArray()) {
            int read = body.read(target.array(), target.arrayOffset() + target.position(), wanted);
            target.position(target.position() + Math.max(read, 0));
            return read;
        }
        byte[] some = new byte[Math.min(wanted, COPY_BYTES)];
        int read = body.read(some);
        target.put(some, 0, Math.max(read, 0));
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
