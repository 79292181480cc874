package io.longshore.registry.manifest;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Manifests that nobody pushed: they were fetched from elsewhere, and what they refer to may not be here yet. A blob is
 * held by them from the moment it is. Neither webhooks nor the audit are told. Thread-safe.
 */
public final class Adoption {
    private final Database database;
    private final AdoptionTable table = new AdoptionTable();

    public Adoption(Database database) {
        this.database = database;
    }

    /**
     * Makes a repository of this name be there, and keeps others from adding to it by this class until the transaction
     * ends. Comes before all else in the transaction.
     *
     * @return its id
     */
    public long lock(Transaction transaction, RepositoryName repository) throws SQLException {
        return table.lock(transaction, repository);
    }

    /**
     * Makes a manifest be there that has this digest, and a tag name it, as a part of {@code transaction}.
     *
     * @param repositoryId of a repository that is locked
     * @throws RegistryException.Invalid if it is none; nothing was written
     */
    public void add(
            Transaction transaction, RepositoryName repository, long repositoryId, StoredManifest fetched,
            Optional<Tag> tag)
            throws SQLException {
        Manifest manifest = Manifest.parse(fetched.content(), fetched.mediaType());
        table.insert(transaction, repositoryId, new ManifestPush(
                Actor.REGISTRY, repository, fetched.digest(), fetched.content(), manifest, List.of(), false));
        table.bind(transaction, repositoryId, blobs(manifest));
        if (tag.isPresent()) {
            table.name(transaction, repositoryId, fetched.digest(), tag.get());
        }
    }

    /**
     * Has a tag name a manifest, as a part of {@code transaction}.
     *
     * @param repositoryId of a repository that is locked
     * @return whether the manifest is there; if not, nothing was changed
     */
    public boolean name(Transaction transaction, long repositoryId, Digest digest, Tag tag) throws SQLException {
        return table.name(transaction, repositoryId, digest, tag);
    }

    private static List<Digest> blobs(Manifest manifest) {
        return Stream.concat(manifest.config().stream(), manifest.layers().stream()).map(Descriptor::digest).toList();
    }

    /** Has manifests hold a blob that they need, and that the repository has got. */
    public void bind(Transaction transaction, long repositoryId, Digest blob) throws SQLException {
        table.bind(transaction, repositoryId, List.of(blob));
    }

    /** The size in bytes of a blob that is not in the repository, as a manifest says that needs it. */
    public OptionalLong absentSize(RepositoryName repository, Digest digest) {
        return database.statement(tx -> table.absentSize(tx, repository, digest));
    }
}
