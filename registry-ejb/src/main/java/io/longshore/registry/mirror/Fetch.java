package io.longshore.registry.mirror;

import io.longshore.registry.mirror.Question.Kind;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * One blob on its way from an upstream into the storage. Who wants it reads what has come, and follows. The bytes become a
 * blob once they are known to be right, and leave nothing behind if they are not. Thread-safe.
 */
final class Fetch implements Runnable {
    private static final System.Logger LOG = System.getLogger(Fetch.class.getName());
    private static final int BUFFER_BYTES = 64 * 1024;

    private final MirroredRepository from;
    private final Descriptor blob;
    private final BlobStore store;
    private final Path folder;
    private final BooleanSupplier here;
    private final Runnable stored;
    private final CompletableFuture<Optional<FollowedFile>> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /**
     * A fetch that begins when it is run.
     *
     * @param folder of temporary files
     * @param here whether it need not be fetched, as it is here
     * @param stored is run when the bytes are a blob of the storage
     */
    Fetch(
            MirroredRepository from, Digest digest, long sizeBytes, BlobStore store, Path folder,
            BooleanSupplier here, Runnable stored) {
        this.from = from;
        this.blob = Descriptor.of(MediaTypes.OCTET_STREAM, digest, sizeBytes);
        this.store = store;
        this.folder = folder;
        this.here = here;
        this.stored = stored;
    }

    long sizeBytes() {
        return blob.sizeBytes();
    }

    /**
     * Waits until bytes come.
     *
     * @throws RegistryException what clients are to be told if none do
     * @throws IOException if the storage or the disk fails
     */
    void awaitBegin() throws IOException {
        outcome(begun);
    }

    /** As {@link #awaitBegin}, until all is done. */
    void awaitEnd() throws IOException {
        outcome(ended);
    }

    /**
     * What has come and is to come, to be closed by the caller; empty if that is a blob of the storage by now.
     *
     * @throws RegistryException as {@link #awaitBegin}
     */
    Optional<BlobContent> open() throws IOException {
        Optional<FollowedFile.Reader> reader = outcome(begun).flatMap(FollowedFile::reader);
        if (reader.isEmpty()) {
            outcome(ended);
        }
        return reader.map(open -> new FollowedContent(open, blob.sizeBytes()));
    }

    private static <T> T outcome(CompletableFuture<T> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RegistryException told) {
                throw told;
            }
            if (e.getCause() instanceof UncheckedIOException failure) {
                throw failure.getCause();
            }
            throw e;
        }
    }

    /** Ends one whose blob is here: who waits for it already finds it in the storage. */
    void cancel() {
        begun.complete(Optional.empty());
        ended.complete(null);
    }

    @Override
    public void run() {
        try {
            if (here.getAsBoolean()) {
                cancel();
                return;
            }
            Landing landing = received();
            boolean done = false;
            try {
                landing.commit();
                done = true;
                stored.run();
            } finally {
                if (done) {
                    landing.close();
                } else {
                    landing.abandon(new IOException("the blob could not be stored"));
                }
            }
            ended.complete(null);
        } catch (RuntimeException | Error e) {
            if (!(e instanceof RegistryException)) {
                LOG.log(Level.ERROR, () -> blob.digest() + " of " + from + " could not be kept", e);
            }
            begun.completeExceptionally(e);
            ended.completeExceptionally(e);
        }
    }

    /** All bytes, which are right. */
    private Landing received() {
        Question question = new Question(Kind.BLOB, from.there(), blob.digest());
        return from.source().ask(question, repository -> repository.blobs().pull(blob), stream -> {
            try (InputStream content = stream) {
                return landed(content);
            }
        });
    }

    private Landing landed(InputStream content) throws IOException {
        Landing landing = Landing.begin(store, blob.digest(), folder);
        begun.complete(Optional.of(landing.file()));
        MirrorObserver observer = from.source().observer();
        try {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                landing.write(buffer, length);
                observer.fetched(from.upstream().name(), MirrorObserver.Kind.BLOB, length);
            }
            return landing;
        } catch (IOException | RuntimeException | Error e) {
            landing.abandon(e);
            throw e;
        }
    }
}
