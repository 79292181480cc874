package io.longshore.registry.repository;

import io.longshore.registry.database.Database;
import io.longshore.registry.database.Slice;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Visibility;
import java.util.List;

/** The list of repositories. Thread-safe. */
public final class Catalog {
    private final Database database;
    private final RepositoryTable repositories = new RepositoryTable();

    public Catalog(Database database) {
        this.database = database;
    }

    /**
     * Repositories in ASCII order.
     *
     * @param visible which of them
     * @param last exclusive start, which need not be a repository; empty for the beginning
     * @param limit most names to return
     */
    public Slice<RepositoryName> list(Visibility visible, String last, int limit) {
        if (visible.isNone()) {
            return new Slice<>(List.of(), false);
        }
        return Slice.of(database.statement(tx -> repositories.after(tx, visible, last, limit + 1L)), limit);
    }
}
