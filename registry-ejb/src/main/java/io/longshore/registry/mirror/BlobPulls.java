package io.longshore.registry.mirror;

import io.longshore.registry.blob.BlobService;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.DatabaseException;
import io.longshore.registry.manifest.Adoption;
import io.longshore.registry.mirror.Question.Kind;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * Sees to it that a blob can be read when it is pulled. However many want it at the same time, this node fetches it once;
 * that goes on until it is done, whoever leaves. Thread-safe.
 */
final class BlobPulls {
    private final Database database;
    private final BlobService blobs;
    private final Adoption adoption;
    private final BlobStore store;
    private final Path folder;
    private final Executor executor;
    private final ContentTable contents = new ContentTable();
    private final ConcurrentMap<Wanted, Fetch> fetches = new ConcurrentHashMap<>();

    /** Not by digest alone: who may pull from one repository must not find out what another one gets. */
    private record Wanted(RepositoryName repository, Digest digest) {}

    BlobPulls(
            Database database, BlobService blobs, Adoption adoption, BlobStore store, Path folder, Executor executor) {
        this.database = database;
        this.blobs = blobs;
        this.adoption = adoption;
        this.store = store;
        this.folder = folder;
        this.executor = executor;
    }

    /** The size of a blob in bytes; nothing is fetched to find out. */
    long sizeOf(MirroredRepository from, Digest digest) {
        OptionalLong known = knownSize(from, digest);
        return known.isPresent() ? known.getAsLong() : sizeThere(from, digest);
    }

    private OptionalLong knownSize(MirroredRepository from, Digest digest) {
        OptionalLong here = blobs.find(from.here(), digest);
        return here.isPresent() ? here : adoption.absentSize(from.here(), digest);
    }

    private static long sizeThere(MirroredRepository from, Digest digest) {
        Question question = new Question(Kind.BLOB, from.there(), digest);
        return from.source().ask(question, repository -> repository.blobs().head(digest)
                .orElseThrow(() -> new RegistryException.NotFound(ErrorCode.BLOB_UNKNOWN, "no such blob", "")));
    }

    /** A blob that can be read, from the storage or while it comes. */
    MirroredBlob pull(MirroredRepository from, Digest digest) throws IOException {
        OptionalLong here = blobs.find(from.here(), digest);
        if (here.isPresent()) {
            from.note(MirrorObserver.Kind.BLOB, MirrorObserver.Outcome.HIT);
            return stored(from, digest, here.getAsLong());
        }
        from.note(MirrorObserver.Kind.BLOB, MirrorObserver.Outcome.MISS);
        Optional<Fetch> coming = fetch(from, digest);
        if (coming.isEmpty()) {
            return stored(from, digest, blobs.sizeOf(from.here(), digest));
        }
        Fetch fetch = coming.get();
        fetch.awaitBegin();
        return new MirroredBlob(fetch.sizeBytes(), false, position -> {
            Optional<BlobContent> content = fetch.open();
            return counted(from, content.isPresent()
                    ? content.get() : blobs.open(digest, fetch.sizeBytes(), position));
        });
    }

    private MirroredBlob stored(MirroredRepository from, Digest digest, long sizeBytes) {
        return new MirroredBlob(
                sizeBytes, true, position -> counted(from, blobs.open(digest, sizeBytes, position)));
    }

    private static BlobContent counted(MirroredRepository from, BlobContent content) {
        return new CountedContent(content, bytes -> from.served(MirrorObserver.Kind.BLOB, bytes));
    }

    /** Empty if it has come by now. */
    private Optional<Fetch> fetch(MirroredRepository from, Digest digest) {
        Wanted wanted = new Wanted(from.here(), digest);
        Fetch running = fetches.get(wanted);
        if (running != null) {
            return Optional.of(running);
        }
        OptionalLong named = adoption.absentSize(from.here(), digest);
        long sizeBytes = named.isPresent() ? named.getAsLong() : sizeThere(from, digest);
        Fetch mine = new Fetch(from, digest, sizeBytes, store, folder,
                () -> isAdopted(from, digest, sizeBytes), () -> keep(from, digest, sizeBytes));
        Fetch other = fetches.putIfAbsent(wanted, mine);
        if (other != null) {
            return Optional.of(other);
        }
        // Another fetch may have ended since it was last looked: it leaves the map once its blob is to be found.
        if (blobs.find(from.here(), digest).isPresent()) {
            fetches.remove(wanted, mine);
            mine.cancel();
            return Optional.empty();
        }
        executor.execute(() -> {
            try {
                mine.run();
            } finally {
                fetches.remove(wanted, mine);
            }
        });
        return Optional.of(mine);
    }

    /**
     * Whether the same bytes were here for another repository, and are now for this one, too. Nothing is fetched then;
     * but that the upstream has them in this one, it must say itself: what a manifest there names may be anybody's.
     */
    private boolean isAdopted(MirroredRepository from, Digest digest, long sizeBytes) {
        if (!blobs.isStored(digest, sizeBytes) || sizeThere(from, digest) != sizeBytes) {
            return false;
        }
        try {
            return database.transaction(tx -> {
                long repositoryId = adoption.lock(tx, from.here());
                boolean isThere = blobs.adoptStored(tx, repositoryId, digest, sizeBytes);
                if (isThere) {
                    adoption.bind(tx, repositoryId, digest);
                    contents.add(tx, repositoryId, from.upstream(), false, digest, sizeBytes);
                }
                return isThere;
            });
        } catch (DatabaseException e) {
            if (e.isForeignKeyViolation()) {
                return false;
            }
            throw e;
        }
    }

    private void keep(MirroredRepository from, Digest digest, long sizeBytes) {
        blobs.keep(digest, seen -> database.transaction(tx -> {
            long repositoryId = adoption.lock(tx, from.here());
            blobs.adopt(tx, repositoryId, digest, sizeBytes, seen);
            adoption.bind(tx, repositoryId, digest);
            contents.add(tx, repositoryId, from.upstream(), false, digest, sizeBytes);
            return null;
        }));
    }
}
