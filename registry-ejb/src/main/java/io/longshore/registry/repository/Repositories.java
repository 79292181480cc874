package io.longshore.registry.repository;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.database.Database;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;

/** Repositories as a whole. Thread-safe. */
public final class Repositories {
    private final Database database;
    private final RepositoryDeletionTable table = new RepositoryDeletionTable();

    public Repositories(Database database) {
        this.database = database;
    }

    /**
     * Deletes a repository with its tags, their history, its manifests, and its hold on blobs, all at once. What is pushed
     * to it at the same time is either deleted with it, or begins it anew. Uploads that are under way go on.
     *
     * @throws RegistryException.NotFound {@link ErrorCode#NAME_UNKNOWN}
     */
    public void delete(Actor actor, RepositoryName name) {
        if (!database.transaction(tx -> table.delete(tx, actor, name))) {
            throw new RegistryException.NotFound(ErrorCode.NAME_UNKNOWN, "no such repository", name.value());
        }
    }
}
