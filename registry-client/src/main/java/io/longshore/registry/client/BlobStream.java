package io.longshore.registry.client;

import io.longshore.registry.client.http.Failure;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.client.http.Retries;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RegistryException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of a blob, over as many connections as it takes. Its last bytes are given out once it is known that all
 * of them are right, if the size is known; otherwise the end is. To be read by one thread; any may close it.
 */
final class BlobStream extends InputStream {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\*|\\d{1,18})");

    private final Calls calls;
    private final Request request;
    private final Set<String> scopes;
    private final Digest digest;
    private final MessageDigest hash;
    private OptionalLong size;
    private volatile Response response;
    private Retries retries;
    private long position;
    private long behind;
    private boolean isAtEnd;
    private volatile boolean isClosed;
    private Optional<String> fault = Optional.empty();

    private BlobStream(Calls calls, Request request, Set<String> scopes, Digest digest, OptionalLong size) {
        this.calls = calls;
        this.request = request;
        this.scopes = scopes;
        this.digest = digest;
        this.hash = digest.algorithm().newMessageDigest();
        this.size = size;
        this.retries = calls.retries();
    }

    /** @param size if it is known */
    static BlobStream open(Calls calls, URI uri, Set<String> scopes, Digest digest, OptionalLong size)
            throws IOException {
        BlobStream stream = new BlobStream(calls, Request.of("GET", uri), scopes, digest, size);
        stream.connect();
        return stream;
    }

    private void connect() throws IOException {
        Response reply = calls.send(
                position == 0 ? request : request.with("Range", "bytes=" + position + '-'), scopes);
        response = reply;
        try {
            if (isClosed) {
                throw new IOException("the stream is closed");
            }
            if (reply.status() == 200) {
                checkWhole(reply);
                behind = position;
            } else if (reply.status() == 206 && position > 0) {
                checkPart(reply);
                behind = 0;
            } else {
                throw Failure.of(reply);
            }
        } catch (IOException | RegistryException e) {
            reply.close();
            throw e;
        }
    }

    private void checkWhole(Response reply) throws IOException {
        OptionalLong length = reply.length();
        if (length.isPresent() && size.isPresent() && length.getAsLong() != size.getAsLong()) {
            throw new IOException(request + ": has " + length.getAsLong() + " bytes in place of " + size.getAsLong());
        }
        size = length.isPresent() ? length : size;
    }

    private void checkPart(Response reply) throws IOException {
        String range = reply.header("Content-Range").orElse("");
        Matcher matcher = CONTENT_RANGE.matcher(range.trim());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) != position || !isSize(matcher.group(2))) {
            throw new IOException(request + ": asked for what follows " + position + " bytes, the reply has another"
                    + " range");
        }
    }

    private boolean isSize(String total) {
        return total.equals("*") || size.isEmpty() || size.getAsLong() == Long.parseLong(total);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (isClosed || fault.isPresent()) {
            throw new IOException(fault.orElse("the stream is closed"));
        }
        if (length == 0) {
            return 0;
        }
        while (!isAtEnd) {
            int count = readOnce(bytes, offset, length);
            if (count > 0) {
                take(bytes, offset, count);
                return count;
            }
        }
        return -1;
    }

    /** How many bytes came; none if there are more to come on another connection, or at the end. */
    private int readOnce(byte[] bytes, int offset, int length) throws IOException {
        try {
            if (behind > 0) {
                response.body().skipNBytes(behind);
                behind = 0;
            }
            int count = response.body().read(bytes, offset, length);
            if (count >= 0) {
                return count;
            }
            if (position < size.orElse(position)) {
                throw new EOFException(position + " of " + size.getAsLong() + " bytes");
            }
        } catch (IOException e) {
            goOn(e);
            return 0;
        }
        verify();
        return 0;
    }

    private void take(byte[] bytes, int offset, int count) throws IOException {
        hash.update(bytes, offset, count);
        position += count;
        retries = calls.retries();
        if (position > size.orElse(position)) {
            throw broken(request + ": has more than " + size.getAsLong() + " bytes");
        }
        if (position == size.orElse(-1)) {
            verify();
        }
    }

    private void verify() throws IOException {
        isAtEnd = true;
        Digest actual = Digest.of(digest.algorithm(), hash);
        if (!actual.equals(digest)) {
            throw broken(request + ": the content is " + actual + " in place of " + digest);
        }
    }

    private IOException broken(String message) {
        fault = Optional.of(message);
        return new IOException(message);
    }

    private void goOn(IOException cut) throws IOException {
        if (Thread.currentThread().isInterrupted() || cut.getCause() instanceof InterruptedException) {
            throw new InterruptedIOException(request + ": interrupted after " + position + " bytes");
        }
        response.close();
        if (!retries.next(Optional.empty())) {
            throw new IOException(request + ": cut off after " + position + " bytes", cut);
        }
        try {
            connect();
        } catch (RegistryException e) {
            throw new IOException(request + ": cut off after " + position + " bytes: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        response.close();
    }
}
