package io.longshore.registry.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a server answered. Whoever gets it closes it, and the body with it. Not thread-safe. */
public final class Response implements AutoCloseable {
    /** So little is read to the end, so that the connection can be used again. */
    private static final int RESIDUE_BYTES = 64 * 1024;

    private final Request request;
    private final int status;
    private final HttpHeaders headers;
    private final InputStream body;
    private final Optional<Duration> retryAfter;
    private final boolean repeated;
    private final String note;

    Response(
            Request request, int status, HttpHeaders headers, InputStream body, Optional<Duration> retryAfter,
            boolean repeated) {
        this(request, status, headers, body, retryAfter, repeated, "");
    }

    private Response(
            Request request, int status, HttpHeaders headers, InputStream body, Optional<Duration> retryAfter,
            boolean repeated, String note) {
        this.request = request;
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.retryAfter = retryAfter;
        this.repeated = repeated;
        this.note = note;
    }

    /** The same, which is to be closed in place of this, with something to add to what the server says. */
    public Response noted(String remark) {
        return new Response(request, status, headers, body, retryAfter, repeated, remark);
    }

    /** What is to be added to what the server says; empty if that is nothing. */
    String note() {
        return note;
    }

    /** What this answers: the last request, after all redirects. */
    public Request request() {
        return request;
    }

    public int status() {
        return status;
    }

    /** Whether the server may have got the request before, and not had its answer heard. */
    public boolean isRepeated() {
        return repeated;
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    public List<String> headers(String name) {
        return headers.allValues(name);
    }

    /** How long the server asks to be left alone. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** The length of the body, or of what a {@code GET} would give, if the server says. */
    public OptionalLong length() throws IOException {
        Optional<String> length = header("Content-Length");
        if (length.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(length.get().trim()));
        } catch (NumberFormatException e) {
            throw new IOException(request + ": Content-Length is no number", e);
        }
    }

    /**
     * The URL that {@code Location} names, relative or absolute (RFC 9110, section 10.2.2), without its fragment, which
     * is not for servers.
     *
     * @throws IOException if there is none, or one that leads nowhere
     */
    public URI location() throws IOException {
        String text = header("Location")
                .orElseThrow(() -> new IOException(request + ": " + status + " without a Location"));
        try {
            URI target = request.uri().resolve(text.split("#", 2)[0]);
            if (target.getHost() != null) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // What Java says shows all of it, with a query that may be secret.
            throw new IOException(request + ": the Location is no URL");
        }
        throw new IOException(request + ": the Location names no host");
    }

    /** What is to be read; ends with an {@link IOException} if the connection is cut. */
    public InputStream body() {
        return body;
    }

    /**
     * The whole body.
     *
     * @throws IOException if there are more bytes than this, too
     */
    public byte[] bytes(int limitBytes) throws IOException {
        byte[] bytes = body.readNBytes(limitBytes);
        if (bytes.length == limitBytes && body.read() >= 0) {
            throw new IOException(request + ": the reply is longer than " + limitBytes + " bytes");
        }
        return bytes;
    }

    @Override
    public void close() {
        try (body) {
            OptionalLong length = length();
            if (length.isPresent() && length.getAsLong() <= RESIDUE_BYTES) {
                body.readNBytes(RESIDUE_BYTES);
            }
        } catch (IOException e) {
            // Nobody wants the rest: that the connection is gone with it hurts nobody.
            return;
        }
    }
}
