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
import io.longshore.registry.storage.BlobStore;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** The blobs of repositories. Thread-safe. */
public final class BlobService {
    private final Database database;
    private final BlobStore store;
    private final BlobTable blobs = new BlobTable();

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
     * Makes the repository have a blob that lies in the storage, as a part of {@code transaction}. Repository, blob and
     * link may be there already.
     */
    public void add(Actor actor, Transaction transaction, RepositoryName repository, Digest digest, long sizeBytes)
            throws SQLException {
        blobs.add(transaction, actor, repository, digest, sizeBytes);
    }

    /**
     * Makes a repository have a blob that lies in the storage and that nobody pushed, as a part of {@code transaction}.
     * Neither webhooks nor the audit are told. Blob and link may be there already.
     */
    public void adopt(Transaction transaction, long repositoryId, Digest digest, long sizeBytes) throws SQLException {
        blobs.link(transaction, repositoryId, digest, sizeBytes);
    }

    /**
     * Makes the repository have a blob that another one has, without moving a byte (OCI distribution-spec, end-11).
     *
     * @return whether there was such a blob; if not, nothing was changed
     */
    public boolean mount(Actor actor, RepositoryName repository, Digest digest, RepositoryName from) {
        return database.statement(tx -> blobs.mount(tx, actor, repository, digest, Optional.of(from)));
    }

    /**
     * As {@link #mount(Actor, RepositoryName, Digest, RepositoryName)}, from any other repository.
     *
     * @param visible which repositories count
     */
    public boolean mount(Actor actor, RepositoryName repository, Digest digest, Visibility visible) {
        if (visible.equals(Visibility.ALL)) {
            return database.statement(tx -> blobs.mount(tx, actor, repository, digest, Optional.empty()));
        }
        return !visible.isNone()
                && database.statement(tx -> blobs.holder(tx, digest, visible))
                        .filter(from -> mount(actor, repository, digest, from))
                        .isPresent();
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
