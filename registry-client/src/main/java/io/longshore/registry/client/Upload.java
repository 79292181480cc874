package io.longshore.registry.client;

import io.longshore.registry.client.UploadSession.Setback;
import io.longshore.registry.client.http.Body;
import io.longshore.registry.client.http.Content;
import io.longshore.registry.client.http.Retries;
import io.longshore.registry.client.http.StreamedBody;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;

/**
 * Brings one blob to a registry, in as many attempts as it takes. Closing it without a commit cancels it. Not
 * thread-safe.
 *
 * <p>OCI distribution-spec, "Pushing blobs".
 */
final class Upload implements AutoCloseable {
    private final Calls calls;
    private final RepositoryName repository;
    private final Set<String> scopes;
    private final int chunkBytes;
    private UploadSession session;
    private boolean isCommitted;

    private Upload(Calls calls, RepositoryName repository, Set<String> scopes, UploadSession session) {
        this.calls = calls;
        this.repository = repository;
        this.scopes = scopes;
        this.session = session;
        this.chunkBytes = session.chunkBytes();
    }

    static Upload start(Calls calls, RepositoryName repository, Set<String> scopes) throws IOException {
        return new Upload(calls, repository, scopes, UploadSession.start(calls, repository, scopes));
    }

    /** How many bytes are to be sent at once; only the last chunk may have fewer. */
    int chunkBytes() {
        return chunkBytes;
    }

    /** How many bytes the registry has acknowledged. */
    long sizeBytes() {
        return session.sizeBytes();
    }

    /** Sends the first {@code length} bytes of {@code chunk}, from where the registry has them if it is cut. */
    void append(byte[] chunk, int length) throws IOException {
        long begin = session.sizeBytes();
        long end = begin + length;
        Retries retries = calls.retries();
        while (session.sizeBytes() < end) {
            int sent = (int) (session.sizeBytes() - begin);
            try {
                session.append(Body.of(chunk, sent, length - sent));
            } catch (Setback setback) {
                repeat(retries, setback);
                if (!session.resume(begin, end, setback.reason())) {
                    restart();
                }
            }
        }
    }

    private static void repeat(Retries retries, Setback setback) throws IOException {
        if (!retries.next(setback.asked())) {
            throw setback.reason();
        }
    }

    private void restart() throws IOException {
        session.cancel();
        session = UploadSession.start(calls, repository, scopes);
    }

    /**
     * Makes it a blob. All bytes come with this if none were appended before, and none otherwise.
     *
     * @param rest the first {@code length} bytes of it
     */
    void commit(Digest digest, byte[] rest, int length) throws IOException {
        Retries retries = calls.retries();
        while (!isCommitted) {
            try {
                session.close(digest, Body.of(rest, 0, length));
                isCommitted = true;
            } catch (Setback setback) {
                repeat(retries, setback);
                isCommitted = new Blobs(calls, repository).head(digest).isPresent();
                if (!isCommitted && length > 0) {
                    // Some of the bytes may have been taken, and would be there twice.
                    restart();
                }
            }
        }
    }

    /**
     * Sends content and makes it a blob: all of it in one request, or what is missing where that was cut.
     *
     * @throws IOException if the content cannot be read, too, or is not of this size
     */
    void send(Descriptor blob, Content content) throws IOException {
        Retries retries = calls.retries();
        while (!isCommitted) {
            long begin = session.sizeBytes();
            try (StreamedBody body = new StreamedBody(content, begin, blob.sizeBytes() - begin)) {
                isCommitted = send(blob, body, retries);
            }
        }
    }

    private boolean send(Descriptor blob, StreamedBody body, Retries retries) throws IOException {
        long begin = session.sizeBytes();
        try {
            if (begin == 0) {
                session.close(blob.digest(), body);
                return true;
            }
            session.append(body);
        } catch (Setback setback) {
            if (body.failure().isPresent()) {
                throw body.failure().get();
            }
            repeat(retries, setback);
            if (new Blobs(calls, repository).head(blob.digest()).isPresent()) {
                return true;
            }
            // All of it can be read again: it matters little if the registry lost what it once had.
            if (!session.resume(0, blob.sizeBytes(), setback.reason())) {
                restart();
            }
        }
        if (session.sizeBytes() == blob.sizeBytes()) {
            commit(blob.digest(), new byte[0], 0);
        }
        return isCommitted;
    }

    @Override
    public void close() throws InterruptedIOException {
        if (!isCommitted) {
            session.cancel();
        }
    }
}
