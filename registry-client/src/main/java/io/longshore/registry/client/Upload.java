package io.longshore.registry.client;

import io.longshore.registry.client.http.Failure;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Request.Body;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.client.http.Retries;
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
 * One upload session. Where it goes on is said by each reply, and opaque. Closing it without a commit cancels it. Not
 * thread-safe.
 *
 * <p>OCI distribution-spec, "Pushing blobs".
 */
final class Upload implements AutoCloseable {
    private static final int MAX_CHUNK_BYTES = 256 << 20;
    private static final Set<Integer> BEGUN = Set.of(200, 201, 202, 204);
    private static final Set<Integer> APPENDED = Set.of(201, 202, 204);
    private static final Set<Integer> STATUS = Set.of(200, 202, 204);
    private static final Set<Integer> STORED = Set.of(200, 201, 204);

    private final Calls calls;
    private final RepositoryName repository;
    private final Set<String> scopes;
    private final int chunkBytes;
    private URI location;
    private long sizeBytes;
    private boolean isCommitted;

    /** Why the last attempt has to be repeated, and how long the registry wants to be left alone before. */
    private IOException reason = new IOException();

    private Optional<Duration> asked = Optional.empty();

    private Upload(Calls calls, RepositoryName repository, Set<String> scopes, URI location, int chunkBytes) {
        this.calls = calls;
        this.repository = repository;
        this.scopes = scopes;
        this.location = location;
        this.chunkBytes = chunkBytes;
    }

    static String path(RepositoryName repository) {
        return "/v2/" + repository + "/blobs/uploads/";
    }

    /** Begins one (end-4a). */
    static Upload start(Calls calls, RepositoryName repository, Set<String> scopes) throws IOException {
        try (Response response = calls.send(Request.of("POST", calls.url(path(repository))), scopes)) {
            return begun(calls, repository, scopes, response);
        }
    }

    /** The session that a registry began with this reply. */
    static Upload begun(Calls calls, RepositoryName repository, Set<String> scopes, Response response)
            throws IOException {
        if (!BEGUN.contains(response.status())) {
            throw Failure.of(response);
        }
        long least = response.header("OCI-Chunk-Min-Length").map(Upload::number).orElse(0L);
        if (least > MAX_CHUNK_BYTES) {
            throw new IOException(response.request() + ": wants chunks of " + least + " bytes");
        }
        int chunkBytes = Math.max(calls.chunkBytes(), (int) least);
        return new Upload(calls, repository, scopes, response.location(), chunkBytes);
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

    /** Sends the first {@code length} bytes of {@code chunk} (end-5), from where the registry has them if it is cut. */
    void append(byte[] chunk, int length) throws IOException {
        long begin = sizeBytes;
        long end = begin + length;
        Retries retries = calls.retries();
        while (sizeBytes < end) {
            int sent = (int) (sizeBytes - begin);
            if (!patch(new Body(chunk, sent, length - sent), end)) {
                repeat(retries);
                findOut(begin, end);
            }
        }
    }

    private boolean patch(Body body, long end) throws IOException {
        Request request = Request.of("PATCH", location)
                .with("Content-Type", "application/octet-stream")
                .with("Content-Range", sizeBytes + "-" + (end - 1))
                .with(body)
                .once();
        Optional<Response> reply = attempt(request, true);
        if (reply.isEmpty()) {
            return false;
        }
        try (Response response = reply.get()) {
            if (!APPENDED.contains(response.status())) {
                throw Failure.of(response);
            }
            location = response.location();
            long has = acknowledged(response).orElse(end);
            if (has != end) {
                reason = new IOException(request + ": " + has + " of " + end + " bytes are acknowledged");
                return false;
            }
            sizeBytes = end;
            return true;
        }
    }

    /** An answer that settles it, or none if it may be tried again. */
    private Optional<Response> attempt(Request request, boolean isChunk) throws IOException {
        asked = Optional.empty();
        Response response;
        try {
            response = calls.send(request, scopes);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            reason = e;
            return Optional.empty();
        }
        if (!Transport.isPassing(response.status()) && !(isChunk && response.status() == 416)) {
            return Optional.of(response);
        }
        try (response) {
            reason = new IOException(request + ": " + response.status());
            asked = response.retryAfter();
        }
        return Optional.empty();
    }

    private void repeat(Retries retries) throws IOException {
        if (!retries.next(asked)) {
            throw reason;
        }
    }

    /** Asks how far the registry got (end-13); begins anew where that costs nothing. */
    private void findOut(long begin, long end) throws IOException {
        Request request = Request.of("GET", location);
        try (Response response = calls.send(request, scopes)) {
            if (response.status() == 404 && begin == 0) {
                restart();
                return;
            }
            if (!STATUS.contains(response.status())) {
                throw Failure.of(response);
            }
            Optional<Long> has = acknowledged(response);
            if (begin == 0 && has.orElse(1L) == 1) {
                // 0-0 is how most say that they have nothing, and how all say that they have one byte.
                restart();
                return;
            }
            if (has.isEmpty() || has.get() < begin || has.get() > end) {
                throw new IOException(request + ": the registry has " + has.orElse(0L) + " bytes in place of " + begin
                        + " to " + end, reason);
            }
            sizeBytes = has.get();
            if (response.header("Location").isPresent()) {
                location = response.location();
            }
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

    private void restart() throws IOException {
        cancel();
        location = start(calls, repository, scopes).location;
        sizeBytes = 0;
    }

    /**
     * Makes it a blob (end-6). All bytes come with this if none were appended before, and none otherwise.
     *
     * @param rest the first {@code length} bytes of it
     */
    void commit(Digest digest, byte[] rest, int length) throws IOException {
        Retries retries = calls.retries();
        while (!put(digest, new Body(rest, 0, length))) {
            repeat(retries);
            if (new Blobs(calls, repository).head(digest).isPresent()) {
                break;
            }
            if (length > 0) {
                // Some of the bytes may have been taken, and would be there twice.
                restart();
            }
        }
        isCommitted = true;
    }

    private boolean put(Digest digest, Body body) throws IOException {
        String joint = location.getRawQuery() == null ? "?digest=" : "&digest=";
        Request request = Request.of("PUT", URI.create(location + joint + Blobs.encode(digest.toString())))
                .with("Content-Type", "application/octet-stream")
                .with(body)
                .once();
        Optional<Response> reply = attempt(request, false);
        if (reply.isEmpty()) {
            return false;
        }
        try (Response response = reply.get()) {
            if (!STORED.contains(response.status())) {
                throw Failure.of(response);
            }
            Calls.checkDigest(response, digest);
            return true;
        }
    }

    /** Says that nothing more will come (end-12). If the registry does not hear it, the session expires there. */
    private void cancel() throws InterruptedIOException {
        try (Response response = calls.send(Request.of("DELETE", location).once(), scopes)) {
            response.status();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException | RegistryException e) {
            return;
        }
    }

    @Override
    public void close() throws InterruptedIOException {
        if (!isCommitted) {
            cancel();
        }
    }
}
