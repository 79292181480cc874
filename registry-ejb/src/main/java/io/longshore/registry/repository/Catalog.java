package io.longshore.registry.repository;

import io.longshore.registry.database.Database;
import io.longshore.registry.database.Slice;
import io.longshore.registry.model.RepositoryName;

/** The list of all repositories. Thread-safe. */
public final class Catalog {
    private final Database database;
    private final RepositoryTable repositories = new RepositoryTable();

    public Catalog(Database database) {
        this.database = database;
    }

    /**
     * Repositories in ASCII order.
     *
     * @param last exclusive start, which need not be a repository; empty for the beginning
     * @param limit most names to return
     */
    public Slice<RepositoryName> list(String last, int limit) {
        return Slice.of(database.statement(tx -> repositories.after(tx, last, limit + 1L)), limit);
    }
}
