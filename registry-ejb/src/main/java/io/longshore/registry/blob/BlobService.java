package io.longshore.registry.blob;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.DatabaseException;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Visibility;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The blobs of repositories. Thread-safe. */
public final class BlobService {
    private static final int ATTEMPTS = 10;

    private final Database database;
    private final BlobStore store;
    private final BlobTable blobs = new BlobTable();
    private final ReclaimTable reclaims = new ReclaimTable();

    public BlobService(Database database, BlobStore store) {
        this.database = database;
        this.store = store;
    }

    /**
     * The size in bytes of a blob that the repository has.
     *
     * @throws RegistryException.NotFound {@link ErrorCode#BLOB_UNKNOWN}
     */
    public long sizeOf(RepositoryName repository, Digest digest) {
        return find(repository, digest).orElseThrow(() -> unknown(repository, digest));
    }

    /** The size in bytes of a blob, if the repository has it. */
    public OptionalLong find(RepositoryName repository, Digest digest) {
        return database.statement(tx -> blobs.sizeOf(tx, repository, digest));
    }

    /**
     * Opens a blob that {@link #sizeOf} has found, to read from {@code position} on. The caller closes it.
     *
     * @throws IOException if the storage fails, or has lost bytes
     */
    public BlobContent open(Digest digest, long sizeBytes, long position) throws IOException {
        BlobContent content = store.open(digest, position);
        if (content.sizeBytes() == sizeBytes) {
            return content;
        }
        try (content) {
            throw new IOException(digest + " has " + content.sizeBytes() + " bytes in the storage, not " + sizeBytes);
        }
    }

    /**
     * Where a client may fetch a blob that {@link #sizeOf} has found, by itself and for a while. Empty if it has to come
     * here.
     *
     * @throws IOException if the storage fails
     */
    public Optional<URI> address(Digest digest) throws IOException {
        return store.address(digest);
    }

    /**
     * Does what makes a repository have a blob that was just stored. Somebody may be removing the same bytes, as no
     * repository had them: then it is done once it is clear that they are there.
     *
     * @param work calls {@link #add} or {@link #adopt} with what it is given; may be done several times
     * @throws RegistryException.Unavailable if they are not there: they have to be stored anew
     */
    public <T> T keep(Digest digest, Function<Seen, T> work) {
        Seen seen = Seen.BY_ITSELF;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                return work.apply(seen);
            } catch (DatabaseException e) {
                if (e.isRaised(BlobTable.RECLAIMED)) {
                    seen = seen(digest).orElse(seen);
                } else if (!e.isForeignKeyViolation()) {
                    throw e;
                }
                // Else the row has gone since the statement began.
            }
        }
        throw removed();
    }

    private Optional<Seen> seen(Digest digest) {
        Optional<ReclaimTable.Going> going = database.statement(tx -> reclaims.find(tx, digest));
        if (going.isPresent() && (going.get().goneAt().isEmpty() || !isStored(digest))) {
            throw removed();
        }
        return going.map(gone -> new Seen(gone.goneAt()));
    }

    private boolean isStored(Digest digest) {
        try {
            store.open(digest, 0).close();
            return true;
        } catch (BlobLostException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RegistryException removed() {
        return new RegistryException.Unavailable(
                "the same bytes, which nobody had, were removed at the same moment; push them again");
    }

    /**
     * Makes the repository have a blob that lies in the storage, as a part of {@code transaction} and within {@link #keep}.
     * Repository, blob and link may be there already.
     */
    public void add(
            Actor actor, Transaction transaction, RepositoryName repository, Digest digest, long sizeBytes, Seen seen)
            throws SQLException {
        blobs.add(transaction, actor, repository, digest, sizeBytes, seen);
    }

    /**
     * Makes a repository have a blob that lies in the storage and that nobody pushed, as {@link #add} does. Neither webhooks nor the audit are told. Blob and link may be there already.
     */
    public void adopt(Transaction transaction, long repositoryId, Digest digest, long sizeBytes, Seen seen)
            throws SQLException {
        blobs.link(transaction, repositoryId, digest, sizeBytes, seen);
    }

    /** Whether a blob of this size lies in the storage, for whatever repository. */
    public boolean isStored(Digest digest, long sizeBytes) {
        return database.statement(tx -> blobs.isStored(tx, digest, sizeBytes));
    }

    /**
     * As {@link #adopt}, of a blob that lies in the storage for another repository.
     *
     * @return whether it does; if not, nothing was changed
     * @throws DatabaseException for the foreign key, if it has just gone
     */
    public boolean adoptStored(Transaction transaction, long repositoryId, Digest digest, long sizeBytes)
            throws SQLException {
        return blobs.linkStored(transaction, repositoryId, digest, sizeBytes);
    }

    /**
     * Makes the repository have a blob that another one has, without moving a byte (OCI distribution-spec, end-11).
     *
     * @return whether there was such a blob; if not, nothing was changed
     */
    public boolean mount(Actor actor, RepositoryName repository, Digest digest, RepositoryName from) {
        return mounted(actor, repository, digest, Optional.of(from));
    }

    /**
     * As {@link #mount(Actor, RepositoryName, Digest, RepositoryName)}, from any other repository.
     *
     * @param visible which repositories count
     */
    public boolean mount(Actor actor, RepositoryName repository, Digest digest, Visibility visible) {
        if (visible.equals(Visibility.ALL)) {
            return mounted(actor, repository, digest, Optional.empty());
        }
        return !visible.isNone()
                && database.statement(tx -> blobs.holder(tx, digest, visible))
                        .filter(from -> mount(actor, repository, digest, from))
                        .isPresent();
    }

    /** What is gone in the middle of it was not there. */
    private boolean mounted(Actor actor, RepositoryName repository, Digest digest, Optional<RepositoryName> from) {
        try {
            return database.statement(tx -> blobs.mount(tx, actor, repository, digest, from));
        } catch (DatabaseException e) {
            if (e.isForeignKeyViolation()) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Takes a blob from the repository (end-10). Other repositories keep it.
     *
     * @throws RegistryException.NotFound {@link ErrorCode#BLOB_UNKNOWN}
     * @throws RegistryException.Refused {@link ErrorCode#UNSUPPORTED} while a manifest of the repository needs it
     */
    public void delete(Actor actor, RepositoryName repository, Digest digest) {
        if (!unlinked(actor, repository, digest)) {
            throw unknown(repository, digest);
        }
    }

    private boolean unlinked(Actor actor, RepositoryName repository, Digest digest) {
        try {
            return database.statement(tx -> blobs.unlink(tx, actor, repository, digest));
        } catch (DatabaseException e) {
            if (e.isForeignKeyViolation()) {
                throw new RegistryException.Refused(
                        RegistryException.Kind.NOT_ALLOWED,
                        ErrorCode.UNSUPPORTED,
                        "a manifest of " + repository + " needs this blob; delete the manifest first",
                        digest.toString());
            }
            throw e;
        }
    }

    private static RegistryException unknown(RepositoryName repository, Digest digest) {
        return new RegistryException.NotFound(
                ErrorCode.BLOB_UNKNOWN, "no such blob in " + repository, digest.toString());
    }
}
