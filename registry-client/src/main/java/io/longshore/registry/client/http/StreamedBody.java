package io.longshore.registry.client.http;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/**
 * Content that is read while it is sent, from some place on. It is opened for each attempt, and closed with this. What
 * fails on its side is told apart from what fails on the network's. To be used by one request at a time; {@link #failure}
 * and {@link #close} may be called by any thread.
 */
public final class StreamedBody implements Body, AutoCloseable {
    private final Content content;
    private final long offset;
    private final long length;
    private volatile Optional<IOException> failure = Optional.empty();
    private InputStream open = InputStream.nullInputStream();
    private boolean isClosed;

    /**
     * @param offset how many bytes of the content are left out, 0 or more
     * @param length how many bytes follow until its end, more than 0
     */
    public StreamedBody(Content content, long offset, long length) {
        this.content = content;
        this.offset = offset;
        this.length = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public BodyPublisher publisher() {
        return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), length);
    }

    private InputStream open() {
        try {
            closeContent();
            InputStream in = content.open();
            keep(in);
            in.skipNBytes(offset);
            return new Watched(in);
        } catch (IOException e) {
            failure = Optional.of(e);
            throw new UncheckedIOException(e);
        }
    }

    /** Who sends may be late: a request that was given up still opens what it would have sent. */
    private synchronized void keep(InputStream in) throws IOException {
        open = in;
        if (isClosed) {
            in.close();
            throw new IOException("the request was given up");
        }
    }

    /** Why the content could not be read, or that it was not as long as was said. */
    public Optional<IOException> failure() {
        return failure;
    }

    @Override
    public void close() {
        giveUp();
    }

    private synchronized void giveUp() {
        isClosed = true;
        closeContent();
    }

    private synchronized void closeContent() {
        try {
            open.close();
        } catch (IOException e) {
            // It was read, or is of no use any more.
            return;
        }
    }

    /** Notes what fails, and that the length is right. */
    private final class Watched extends FilterInputStream {
        private long left = length;

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int start, int count) throws IOException {
            try {
                return take(in.read(bytes, start, count));
            } catch (IOException e) {
                failure = Optional.of(e);
                throw e;
            }
        }

        private int take(int count) throws IOException {
            left -= Math.max(count, 0);
            if (count < 0 && left > 0) {
                throw new EOFException("the content has " + left + " bytes less than was said");
            }
            if (left < 0) {
                throw new IOException("the content is longer than was said");
            }
            return count;
        }
    }
}
