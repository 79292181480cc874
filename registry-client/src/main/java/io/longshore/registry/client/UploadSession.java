package io.longshore.registry.client;

import io.longshore.registry.client.http.Body;
import io.longshore.registry.client.http.Failure;
import io.longshore.registry.client.http.Refusal;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.client.http.Transport;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a registry keeps of an upload, and the requests for it. Where it goes on is said by each reply, and opaque. Not
 * thread-safe.
 */
final class UploadSession {
    private static final int MAX_CHUNK_BYTES = 256 << 20;
    private static final Set<Integer> BEGUN = Set.of(200, 201, 202, 204);
    private static final Set<Integer> APPENDED = Set.of(201, 202, 204);
    private static final Set<Integer> STATUS = Set.of(200, 202, 204);
    private static final Set<Integer> STORED = Set.of(200, 201, 204);

    private final Calls calls;
    private final Set<String> scopes;
    private final int chunkBytes;
    private URI location;
    private long sizeBytes;

    /** Says that a request is to be sent again, or what it was for, and why. */
    static final class Setback extends Exception {
        private static final long serialVersionUID = 1L;

        private final IOException reason;
        private final transient Optional<Duration> asked;

        private Setback(IOException reason, Optional<Duration> asked) {
            super(reason);
            this.reason = reason;
            this.asked = asked;
        }

        /** What is to be thrown if there is no further attempt. */
        IOException reason() {
            return reason;
        }

        /** How long the registry wants to be left alone before. */
        Optional<Duration> asked() {
            return asked;
        }
    }

    private UploadSession(Calls calls, Set<String> scopes, URI location, int chunkBytes) {
        this.calls = calls;
        this.scopes = scopes;
        this.location = location;
        this.chunkBytes = chunkBytes;
    }

    static String path(RepositoryName repository) {
        return "/v2/" + repository + "/blobs/uploads/";
    }

    /** Begins one (end-4a). */
    static UploadSession start(Calls calls, RepositoryName repository, Set<String> scopes) throws IOException {
        try (Response response = calls.send(Request.of("POST", calls.url(path(repository))), scopes)) {
            return begun(calls, scopes, response);
        }
    }

    /** The session that a registry began with this reply. */
    static UploadSession begun(Calls calls, Set<String> scopes, Response response) throws IOException {
        if (!BEGUN.contains(response.status())) {
            throw Failure.of(response);
        }
        long least = response.header("OCI-Chunk-Min-Length").map(UploadSession::number).orElse(0L);
        if (least > MAX_CHUNK_BYTES) {
            throw new IOException(response.request() + ": wants chunks of " + least + " bytes");
        }
        return new UploadSession(calls, scopes, response.location(), Math.max(calls.chunkBytes(), (int) least));
    }

    private static long number(String text) {
        boolean isNumber = !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(text) : -1;
    }

    /** How many bytes are to be sent at once; only the last chunk may have fewer. */
    int chunkBytes() {
        return chunkBytes;
    }

    /** How many bytes the registry has acknowledged. */
    long sizeBytes() {
        return sizeBytes;
    }

    /**
     * Sends what follows (end-5).
     *
     * @throws Setback without its being known how much of it has come
     */
    void append(Body body) throws IOException, Setback {
        long end = sizeBytes + body.length();
        Request request = Request.of("PATCH", location)
                .with("Content-Type", "application/octet-stream")
                .with("Content-Range", sizeBytes + "-" + (end - 1))
                .with(body)
                .once();
        try (Response response = attempt(request, true)) {
            if (!APPENDED.contains(response.status())) {
                throw Failure.of(response);
            }
            location = response.location();
            long has = acknowledged(response).orElse(end);
            if (has != end) {
                String message = request + ": " + has + " of " + end + " bytes are acknowledged";
                throw new Setback(new IOException(message), Optional.empty());
            }
            sizeBytes = end;
        }
    }

    /** An answer that settles it. */
    private Response attempt(Request request, boolean isChunk) throws IOException, Setback {
        Response response;
        try {
            response = calls.send(request, scopes);
        } catch (InterruptedIOException | Refusal e) {
            throw e;
        } catch (IOException e) {
            throw new Setback(e, Optional.empty());
        }
        if (!Transport.isPassing(response.status()) && !(isChunk && response.status() == 416)) {
            return response;
        }
        try (response) {
            throw new Setback(new IOException(request + ": " + response.status()), response.retryAfter());
        }
    }

    /**
     * Asks how far the registry got (end-13), and goes on from there.
     *
     * @param begin what it must have, because it cannot be sent again
     * @param end what it may have at most
     * @param reason why that has to be asked
     * @return whether it goes on; if not, it is to be begun anew, by which nothing is lost
     */
    boolean resume(long begin, long end, IOException reason) throws IOException {
        Request request = Request.of("GET", location);
        try (Response response = calls.send(request, scopes)) {
            if (response.status() == 404 && begin == 0) {
                return false;
            }
            if (!STATUS.contains(response.status())) {
                throw Failure.of(response);
            }
            Optional<Long> has = acknowledged(response);
            if (begin == 0 && has.orElse(1L) == 1) {
                // 0-0 is how most say that they have nothing, and how all say that they have one byte.
                return false;
            }
            if (has.isEmpty() || has.get() < begin || has.get() > end) {
                throw new IOException(request + ": the registry has " + has.orElse(0L) + " bytes in place of " + begin
                        + " to " + end, reason);
            }
            sizeBytes = has.get();
            if (response.header("Location").isPresent()) {
                location = response.location();
            }
            return true;
        }
    }

    /** Reads {@code Range: 0-last}, with {@code bytes=} before it from some. */
    private static Optional<Long> acknowledged(Response response) throws IOException {
        Optional<String> range = response.header("Range");
        if (range.isEmpty()) {
            return Optional.empty();
        }
        String text = range.get().trim().replaceFirst("^bytes[= ]", "");
        long last = text.startsWith("0-") ? number(text.substring(2)) : -1;
        if (last < 0) {
            throw new IOException(response.request() + ": the Range is not written 0-last");
        }
        return Optional.of(last + 1);
    }

    /**
     * Makes it a blob (end-6), with these bytes as its end.
     *
     * @throws Setback without its being known whether it is one
     */
    void close(Digest digest, Body rest) throws IOException, Setback {
        String joint = location.getRawQuery() == null ? "?digest=" : "&digest=";
        Request request = Request.of("PUT", URI.create(location + joint + Blobs.encode(digest.toString())))
                .with("Content-Type", "application/octet-stream")
                .with(rest)
                .once();
        try (Response response = attempt(request, false)) {
            if (!STORED.contains(response.status())) {
                throw Failure.of(response);
            }
            Calls.checkDigest(response, digest);
        }
    }

    /** Says that nothing more will come (end-12). If the registry does not hear it, the session expires there. */
    void cancel() throws InterruptedIOException {
        try (Response response = calls.send(Request.of("DELETE", location).once(), scopes)) {
            response.status();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException | RegistryException e) {
            return;
        }
    }
}
